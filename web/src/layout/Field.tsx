import type { InputHTMLAttributes } from 'react';

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** One line to write in, with its name. */
export function Field({ label, onValue, ...input }: FieldProps) {
  return (
    <label>
      {label}
      <input {...input} onChange={(event) => onValue(event.target.value)} />
    </label>
  );
}

/** The address and the password of an account. `password`: a new one, or the one there is; password managers tell them apart. */
export function AccountFields({
  labels,
  username,
  password,
  onUsername,
  onPassword,
  kind,
}: {
  readonly labels: { readonly email: string; readonly password: string };
  readonly username: string;
  readonly password: string;
  readonly onUsername: (value: string) => void;
  readonly onPassword: (value: string) => void;
  readonly kind: 'current-password' | 'new-password';
}) {
  return (
    <>
      <Field label={labels.email} type="email" autoComplete="username" required value={username} onValue={onUsername} />
      <Field
        label={labels.password}
        type="password"
        autoComplete={kind}
        required
        value={password}
        onValue={onPassword}
      />
    </>
  );
}
