# Nix: nix-build tool/packages/nix, from a checkout. Read by a parser of Nix, not built.
{ pkgs ? import <nixpkgs> { } }:

pkgs.stdenv.mkDerivation {
  pname = "rowmark";
  version = "0.1.0";
  src = ../../..;

  nativeBuildInputs = [ pkgs.pkg-config ];
  buildInputs = [
    pkgs.cmark-gfm
    pkgs.inih
    pkgs.jansson
    pkgs.libcsv
    pkgs.libedit
    pkgs.libgit2
    pkgs.libmd
    pkgs.sqlite
    pkgs.utf8proc
    pkgs.zlib
  ];

  makeFlags = [ "PREFIX=$(out)" "STATIC=" ];

  meta = {
    description = "Markdown tables kept as a database, with git as the log";
    license = pkgs.lib.licenses.mit;
    mainProgram = "rowmark";
    platforms = pkgs.lib.platforms.linux;
  };
}
