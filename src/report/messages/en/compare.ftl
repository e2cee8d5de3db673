## What-ifs side by side

check-variants = { $variants ->
    [one] One variant is right too
   *[other] { $variants } variants are right too
}; compare them with evenkeel compare.
