// @ts-check
// What the page bench asks of a page: when its first text was painted, and how smoothly the rest came.
//
//     bench.watch("p"); … bench.first; bench.begin(); … bench.end()

// Between the work of a frame and its paint: what is written there is in this frame, and not in the next.
let isInFrame = false;
const request = globalThis.requestAnimationFrame.bind(globalThis);
globalThis.requestAnimationFrame = (work) =>
  request((now) => {
    isInFrame ||= Boolean(setTimeout(() => (isInFrame = false)));
    work(now);
  });

/** @returns {{ frames: number[], tasks: number[], shift: number, inputs: number[] }} all but `shift` in ms */
const nothing = () => ({ frames: [], tasks: [], shift: 0, inputs: [0] });

const bench = {
  /** @type {Promise<number> | undefined} ms from the press */
  first: undefined,

  stop: nothing,

  /** Note when text that is in one of these elements has been painted after the next press. @param {string} selector */
  watch(selector) {
    let pressed = 0;
    addEventListener("pointerdown", (event) => (pressed ||= event.timeStamp), true);
    bench.first = new Promise((resolve) => {
      const changes = new MutationObserver(() => {
        const there = [...document.querySelectorAll(selector)].some((each) => /[0-9a-f]{6}/.test(each.textContent));
        if (!pressed || !there) return;
        changes.disconnect();
        // A frame's work, then what comes after it: by then it is painted.
        const painted = () => setTimeout(() => resolve(performance.now() - pressed));
        isInFrame ? painted() : requestAnimationFrame(painted);
      });
      changes.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  },

  begin() {
    const found = nothing();
    /** @param {string} type @param {(entry: any) => void} note @param {object} [options] */
    const seen = (type, note, options = {}) => {
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) note(entry);
      });
      observer.observe({ type, ...options });
      return observer;
    };
    const observers = [
      seen("longtask", (entry) => found.tasks.push(entry.duration)),
      seen("layout-shift", (entry) => (found.shift += entry.value)),
      seen("event", (entry) => entry.interactionId && found.inputs.push(entry.duration), { durationThreshold: 16 }),
    ];
    let before = performance.now();
    let frame = requestAnimationFrame(function next(now) {
      found.frames.push(now - before);
      before = now;
      frame = requestAnimationFrame(next);
    });
    bench.stop = () => {
      cancelAnimationFrame(frame);
      for (const each of observers) each.disconnect();
      return found;
    };
  },

  end() {
    const { frames, tasks, shift, inputs } = bench.stop();
    const usual = frames.toSorted((a, b) => a - b)[Math.floor(frames.length / 2)];
    return {
      frames: frames.length,
      "late frames": frames.filter((each) => each > usual * 1.5).length,
      "long tasks": tasks.length,
      "layout shift": shift,
      "INP ms": Math.max(...inputs),
    };
  },
};

Object.assign(globalThis, { bench });
