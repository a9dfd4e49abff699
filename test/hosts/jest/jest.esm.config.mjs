/** For `node --experimental-vm-modules`. */
export default {
  transform: { '\\.[mc]?tsx?$': 'tsgrad/jest' },
  extensionsToTreatAsEsm: ['.ts'],
}
