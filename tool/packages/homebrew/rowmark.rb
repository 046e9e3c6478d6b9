# Homebrew: brew install --build-from-source ./rowmark.rb, once url and sha256 are those of a
# published tarball (make dist). Read by Ruby's parser, not tried on macOS.
class Rowmark < Formula
  desc "Markdown tables kept as a database, with git as the log"
  homepage "https://example.org/rowmark"
  url "https://example.org/rowmark/rowmark-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on "cmark-gfm"
  depends_on "inih"
  depends_on "jansson"
  depends_on "libcsv"
  depends_on "libgit2"
  depends_on "libmd"
  depends_on "sqlite"
  depends_on "utf8proc"
  uses_from_macos "libedit"
  uses_from_macos "zlib"

  def install
    system "make", "STATIC=", "install", "PREFIX=#{prefix}"
  end

  test do
    (testpath/"list.md").write("| Paper | Read |\n|---|---|\n| LIMA | Not read |\n")
    assert_match "0 of 1", shell_output("#{bin}/rowmark summary list.md")
  end
end
