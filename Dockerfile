# syntax=docker/dockerfile:1
# Two stages: the first has what building needs, the second only what running needs.
# The root file system may be read-only: everything that is written goes to /data,
# /feeds and /tmp.
ARG PYTHON=3.12

FROM python:${PYTHON}-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/syndicate
COPY requirements.lock ./
RUN /opt/syndicate/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY syndicate ./syndicate
RUN /opt/syndicate/bin/pip install --no-deps . \
    && /opt/syndicate/bin/python -m compileall -q /opt/syndicate/lib

FROM python:${PYTHON}-slim
LABEL org.opencontainers.image.title="syndicate" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/opt/syndicate/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin syndicate \
    && mkdir --parents /etc/syndicate /posts /feeds /data \
    && chown syndicate: /feeds /data
COPY --from=build /opt/syndicate /opt/syndicate
USER 10001
WORKDIR /data
VOLUME ["/data", "/feeds"]
EXPOSE 8700
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8700/healthz', timeout=2)"]
ENTRYPOINT ["syndicate"]
CMD ["run", "--config", "/etc/syndicate/config.toml"]
