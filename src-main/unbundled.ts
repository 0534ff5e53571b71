/**
 * The packages that stay outside of the bundle of src-main: those with binaries of their own, and pdfmake, which with what it asks for looks for
 * its own folders, and which only the thread that writes sheets asks for. They alone lie in the packed program as packages.
 */
export const unbundled = ['electron', '@node-rs/argon2', 'better-sqlite3', 'koffi', 'node-llama-cpp', 'pdfmake', 'sherpa-onnx-node'];
