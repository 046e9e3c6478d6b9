# rowmark in an image: docker build -t rowmark . && docker run --rm -v "$PWD:/work" rowmark check
FROM debian:12-slim AS build
COPY . /src
WORKDIR /src
RUN .ci/deps build \
 && make -j2 B=out STATIC= all man \
 && make B=out STATIC= install PREFIX=/usr DESTDIR=/image

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends git libcmark-gfm0.29.0.gfm.6 \
    libcmark-gfm-extensions0.29.0.gfm.6 libcsv3 libedit2 libgit2-1.5 libinih1 libmd0 libsqlite3-0 \
    libutf8proc2 \
 && rm -rf /var/lib/apt/lists/* \
 && git config --system --add safe.directory '*'
COPY --from=build /image/usr/bin/ /usr/bin/
COPY --from=build /image/usr/lib/rowmark/ /usr/lib/rowmark/
WORKDIR /work
ENTRYPOINT ["rowmark"]
CMD ["check"]
