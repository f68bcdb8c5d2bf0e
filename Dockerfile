# Streamwright in one container: everything on port 8000, SQLite on the volume /data. docs/running.md says how.

FROM node:22-slim AS browser
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv && \
    /venv/bin/python -m pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock
COPY manage.py pyproject.toml ./
COPY streamwright streamwright
COPY builder builder
COPY data data
COPY connector connector
COPY workflows workflows
COPY templates templates
COPY static static
COPY --from=browser /app/node_modules node_modules
# The keys that settings make on first reading are thrown away with their home.
RUN STREAMWRIGHT_HOME=/tmp/home STATIC_ROOT=/app/collected /venv/bin/python manage.py collectstatic --noinput -v 0 && \
    rm -rf /tmp/home node_modules/esbuild node_modules/@esbuild

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 \
    STREAMWRIGHT_HOME=/data STATIC_ROOT=/app/collected PORT=8000 LOG_FORMAT=json LOG_LEVEL=INFO
RUN useradd --system --uid 10001 --home-dir /data streamwright && install -d -m 700 -o streamwright /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
CMD ["sh", "-c", "python manage.py migrate --noinput -v 0 && python manage.py seed && exec python manage.py serve --host 0.0.0.0"]
