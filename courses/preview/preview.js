// Asks whether a file was saved, and shows the page anew when one was. The answer waits until there is news.
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function watch() {
  const shown = document.documentElement.dataset.state;
  for (;;) {
    try {
      const answer = await fetch(`/changes?since=${encodeURIComponent(shown)}`, { cache: "no-store" });
      if (answer.ok && (await answer.text()) !== shown) {
        location.reload();
        return;
      }
      if (!answer.ok) await pause(2000);
    } catch {
      // The command was ended, or begins again.
      await pause(2000);
    }
  }
}

watch();
