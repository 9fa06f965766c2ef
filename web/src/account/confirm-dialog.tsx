export function ConfirmDialog({ onCancel }: { onConfirmed: () => void; onCancel: () => void }) {
  return <button onClick={onCancel}>Cancel</button>;
}
