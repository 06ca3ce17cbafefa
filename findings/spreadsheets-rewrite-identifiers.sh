#!/usr/bin/env bash
# LibreOffice and Gnumeric: a CSV that is opened and saved has other identifiers in it, each program its own.
#
# Of a file with an ICCID of 20 digits and secrets of hexadecimal digits one expects Excel's damage, if any:
# 8.98604E+19, with 15 digits and an exponent of two. LibreOffice keeps 13 of the digits, and its exponents have three:
# 8.986042210228E+019. Gnumeric writes the number out, as good as new and wrong in its last digit (64 bits are kept):
# 89860422102280012344 for ...345. A secret such as 1234567e2 is the plain number 123456700 afterwards in both, a zero in
# front is lost, and 15 digits of an IMEI stay as they are, so that a file may look well at its beginning.
#
# Seen with LibreOffice Calc 7.4.7 and Gnumeric 1.12.55 of Debian 12 (amd64).
# Why it matters here: the import of device triples cannot know damage by one spelling. It takes exponents of any length,
# refuses secrets that are numbers, and asks about long numbers that are all multiples of a power of two.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
if ! command -v soffice >/dev/null || ! command -v ssconvert >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui gnumeric >/dev/null
fi
cat >triples.csv <<'CSV'
name,secret
89860422102280012345,612e29
861326070275653,1234567e2
013260702756531,00012
CSV
export LC_ALL=C.UTF-8
soffice --version | head -1
mkdir libreoffice
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to csv --outdir libreoffice triples.csv >/dev/null 2>&1
cat libreoffice/triples.csv
ssconvert --version 2>&1 | head -1
ssconvert --import-type=Gnumeric_stf:stf_csvtab triples.csv gnumeric.csv 2>/dev/null
cat gnumeric.csv
diff libreoffice/triples.csv - <<'CSV'
name,secret
8.986042210228E+019,6.12E+031
861326070275653,123456700
13260702756531,12
CSV
diff gnumeric.csv - <<'CSV'
name,secret
89860422102280012344,6.12E+31
861326070275653,123456700
13260702756531,12
CSV
echo 'as described'
