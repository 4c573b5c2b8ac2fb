# Builds with everything, runs with what the program needs. No stage needs a compiler: every native module comes built,
# inside a package of the npm registry.
#
# Versions are exact. To pin what they stand for too, look the digest up and write it behind the version:
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim --format '{{.Manifest.Digest}}'
#   FROM node:24.21.0-bookworm-slim@sha256:…
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY packaging ./packaging
COPY src ./src
RUN npm run build

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json deploy/healthcheck.mjs ./
# SQLite's default place, and the only one that is written: mount a volume here to keep it. The rest may be read-only.
RUN mkdir data && chown node:node data
VOLUME /app/data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD ["node", "healthcheck.mjs"]
# The program itself is PID 1: it handles SIGTERM and SIGINT, finishes what is under way and closes the store.
CMD ["node", "dist/main.js"]
