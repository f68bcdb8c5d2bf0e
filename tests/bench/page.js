// What the page bench asks of a page: when its first text was painted, and how smoothly the rest came.
//
//     bench.watch("p"); … bench.first; bench.begin(); … bench.end()
// Between the work of a frame and its paint: what is written there is in this frame, and not in the next.
let isInFrame = false
const request = globalThis.requestAnimationFrame.bind(globalThis)
globalThis.requestAnimationFrame = (work) => request((now) => {
  isInFrame ||= Boolean(setTimeout(() => (isInFrame = false)))
  work(now)
})

globalThis.bench = {
  first: null,

  /** Note when text that is in one of these elements has been painted after the next press. @param {string} selector */
  watch(selector) {
    let pressed = 0
    addEventListener("pointerdown", (event) => (pressed ||= event.timeStamp), true)
    this.first = new Promise((resolve) => {
      const changes = new MutationObserver(() => {
        const there = [...document.querySelectorAll(selector)].some((each) => /[0-9a-f]{6}/.test(each.textContent))
        if (!pressed || !there) return
        changes.disconnect()
        // A frame's work, then what comes after it: by then it is painted.
        const painted = () => setTimeout(() => resolve(performance.now() - pressed))
        isInFrame ? painted() : requestAnimationFrame(painted)
      })
      changes.observe(document.body, { subtree: true, childList: true, characterData: true })
    })
  },

  begin() {
    const found = { frames: [], tasks: [], shift: 0, inputs: [0] }
    const seen = (type, note, options = {}) => {
      const observer = new PerformanceObserver((list) => list.getEntries().forEach(note))
      observer.observe({ type, ...options })
      return observer
    }
    const observers = [
      seen("longtask", (entry) => found.tasks.push(entry.duration)),
      seen("layout-shift", (entry) => (found.shift += entry.value)),
      seen("event", (entry) => entry.interactionId && found.inputs.push(entry.duration), { durationThreshold: 16 }),
    ]
    let before = performance.now()
    let frame = requestAnimationFrame(function next(now) {
      found.frames.push(now - before)
      before = now
      frame = requestAnimationFrame(next)
    })
    this.stop = () => {
      cancelAnimationFrame(frame)
      observers.forEach((each) => each.disconnect())
      return found
    }
  },

  end() {
    const { frames, tasks, shift, inputs } = this.stop()
    const usual = frames.toSorted((a, b) => a - b)[Math.floor(frames.length / 2)]
    return {
      "frames": frames.length,
      "late frames": frames.filter((each) => each > usual * 1.5).length,
      "long tasks": tasks.length,
      "layout shift": shift,
      "INP ms": Math.max(...inputs),
    }
  },
}
