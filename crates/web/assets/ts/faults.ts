// The summary of what to mend is where reading goes on after a failed submission.

export function showFaults(): void {
  document.querySelector<HTMLElement>("main .errors")?.focus();
}
