export default {
  transform: { '\\.[mc]?[jt]sx?$': 'tsgrad/jest' },
  // tsgrad is ESM, and Jest wants CommonJS here
  transformIgnorePatterns: ['/node_modules/(?!tsgrad/)'],
}
