const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const formats = new Map<string, Intl.NumberFormat>()

/** A number of bytes as people read it, in steps of 1,024, with one decimal below ten. */
export function formatFileSize(bytes: number, locale = 'en'): string {
  const exponent = bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10)
  const step = Math.min(exponent, units.length - 1)
  const value = bytes / 1024 ** step
  const unit = units[step] ?? 'byte'
  return formatOf(locale, unit, value < 9.95 && step > 0 ? 1 : 0).format(value)
}

/** Made once each and when first needed: making one takes longer than rendering a file. */
function formatOf(locale: string, unit: (typeof units)[number], digits: number): Intl.NumberFormat {
  const key = `${locale} ${unit} ${digits}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const unitDisplay = unit === 'byte' ? 'long' : 'short'
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay,
    maximumFractionDigits: digits,
  })
  formats.set(key, format)
  return format
}
