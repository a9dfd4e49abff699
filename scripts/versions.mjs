// Versions of three numbers: the next one, and their order.

/** The version that is asked for, by a name or by itself; undefined when it is neither. */
export function nextVersion(current, asked) {
  if (/^\d+\.\d+\.\d+$/.test(asked)) return asked
  const [major, minor, patch] = current.split('.').map(Number)
  const named = { patch: [major, minor, patch + 1], minor: [major, minor + 1, 0], major: [major + 1, 0, 0] }
  return Object.hasOwn(named, asked) ? named[asked].join('.') : undefined
}

/** Whether a version is older than another one. */
export function isBefore(version, other) {
  const [u, v] = [version, other].map(each => each.split('.').map(Number))
  const at = u.findIndex((part, i) => part !== v[i])
  return at !== -1 && u[at] < v[at]
}
