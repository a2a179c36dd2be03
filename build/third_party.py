"""Writes THIRD-PARTY.md: what a build ships besides the project's own code, and under which licence.

Reads the lock files of the projects that ship (Architectures, src/*) and the packages' own descriptions in NuGet's folder, so restore first:

    dotnet restore --locked-mode && python3 build/third_party.py
"""
import json
import os
import pathlib
import re
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).parent.parent
PACKAGES = pathlib.Path(os.environ.get("NUGET_PACKAGES", pathlib.Path.home() / ".nuget" / "packages"))

# Licences of packages whose description only names a licence file or a page: what that file says.
READ = {"libtorch-cpu-linux-x64": "BSD-3-Clause for libtorch, with the licences of what is built into it (LICENSE-LIBTORCH.txt in the package); MIT for the packaging"}

# What ships but is not a package.
OTHERS = [
    ("DejaVu Sans, Bold", "2.37", "Bitstream Vera licence, public-domain changes", "https://dejavu-fonts.github.io", "src/Workbench/Reporting/Fonts/LICENSE.txt"),
    ("plotly.js", "in Plotly.NET", "MIT", "https://plotly.com/javascript", "embedded in every report.html"),
]


def shipped():
    found = {}
    for lock in sorted([ROOT / "Architectures" / "packages.lock.json", *ROOT.glob("src/*/packages.lock.json")]):
        for target in json.loads(lock.read_text("utf-8-sig"))["dependencies"].values():
            for name, entry in target.items():
                if entry["type"] != "Project":
                    found[name, entry["resolved"]] = None
    return sorted(found, key=lambda key: key[0].lower())


def describe(name, version):
    folder = PACKAGES / name.lower() / version.lower()
    text = re.sub(r' xmlns="[^"]+"', "", next(folder.glob("*.nuspec")).read_text("utf-8-sig"), count=1)
    data = xml.fromstring(text).find("metadata")
    licence = data.find("license")
    if name in READ:
        terms = READ[name]
    elif licence is not None and licence.get("type") == "expression":
        terms = licence.text
    elif licence is not None:
        head = " ".join((folder / licence.text.replace("\\", "/")).read_text("utf-8-sig", "replace").split())[:400]
        terms = next((t for t in ("MIT", "Apache", "BSD") if t in head), "see") + f" ({licence.text} in the package)"
    else:
        terms = data.findtext("licenseUrl", "not said")
    page = data.findtext("projectUrl") or (data.find("repository").get("url") if data.find("repository") is not None else "") or ""
    return terms, data.findtext("authors", ""), page.removesuffix(".git")


rows = []
for name, version in shipped():
    terms, authors, page = describe(name, version)
    rows.append(f"| {name} | {version} | {terms} | {authors} | {page} |")
lines = [
    "# What ships with the workbench", "",
    "Packages that the program is built with (build/third_party.py wrote this from the lock files and the packages' own descriptions; a test holds it",
    "against the lock files). The packages of the tests are not among them. Corpora are not part of the project and have licences of their own.", "",
    "| package | version | licence | by | page |", "| --- | --- | --- | --- | --- |", *rows, "",
    "Beside them:", "", "| what | version | licence | page | where |", "| --- | --- | --- | --- | --- |", *(f"| {' | '.join(other)} |" for other in OTHERS),
]
(ROOT / "THIRD-PARTY.md").write_text("\n".join(lines) + "\n")
print(f"{len(rows)} packages")
