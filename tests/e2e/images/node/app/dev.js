// Serves a page on Vite's port, and lets a browser switch to a WebSocket, as hot reloading does.
const { createHash } = require("node:crypto");
const { createServer } = require("node:http");

const host = process.argv[process.argv.indexOf("--host") + 1];
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

createServer((request, response) => {
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(`<!doctype html><title>KMMotos</title><p>development of ${request.headers.host}</p>\n`);
})
  .on("upgrade", (request, socket) => {
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + GUID).digest("base64");
    const lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
    socket.end([...lines, `Sec-WebSocket-Accept: ${accept}`, "", ""].join("\r\n"));
  })
  .listen(5173, host);
