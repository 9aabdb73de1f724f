// What a page saves by itself arrives before it asks the server for anything that builds on it: else people would be told
// that they had been quicker than themselves.

export const BRIEFLY = 3000;

let sendAll = async () => true;

// `send` brings everything to the server that is not there yet; it returns whether the server has answered all of it.
export const announce = (send) => {
  sendAll = send;
};

// Whoever can do without waits no longer than `longest` milliseconds.
export const arrive = (longest) =>
  longest ? Promise.race([sendAll(), new Promise((resolve) => setTimeout(resolve, longest, false))]) : sendAll();
