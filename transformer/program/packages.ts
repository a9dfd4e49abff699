/** Which files belong to installed packages, by their paths. It must not know the disk. */

/** A package that is linked into a project has its own path, without `node_modules`, wherever the compiler follows links. */
export const isInPackage = (path: string): boolean => /[\\/]node_modules[\\/]/.test(path)
