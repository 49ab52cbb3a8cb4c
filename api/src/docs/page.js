/** Sends what stands in a form, and shows what comes back beneath it. */
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { path, type } = form.dataset;
    const output = form.querySelector('output');
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': type },
        body: form.querySelector('textarea').value,
      });
      output.firstElementChild.textContent = `${response.status} ${response.statusText}\n${await response.text()}`;
    } catch {
      output.firstElementChild.textContent =
        'No response: the server cannot be reached, or the connection ended too early.';
    }
    output.hidden = false;
  });
}
