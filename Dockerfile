# rowmark in an image: docker build -t rowmark . && docker run --rm -v "$PWD:/work" rowmark check
#
#   docker build --target git -t rowmark:git .   the same with git beside it, for what commits,
#                                                runs hooks or compares with a revision
FROM debian:12-slim AS build
COPY . /src
WORKDIR /src
RUN .ci/deps build && make -j2 B=out static
# What is mounted belongs to another user than the container's; without git, libgit2 decides,
# which wants the folder by its name.
RUN printf '[safe]\n\tdirectory = *\n\tdirectory = /work/\n' >out/gitconfig

FROM debian:12-slim AS git
RUN apt-get update \
 && apt-get install -y --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/out/gitconfig /etc/gitconfig
COPY --from=build /src/out/static/rowmark /usr/bin/rowmark
WORKDIR /work
ENTRYPOINT ["rowmark"]
CMD ["check"]

# Nothing but the program: under 10 MB.
FROM scratch
COPY --from=build /src/out/gitconfig /etc/gitconfig
COPY --from=build /src/out/static/rowmark /usr/bin/rowmark
WORKDIR /work
ENTRYPOINT ["/usr/bin/rowmark"]
CMD ["check"]
