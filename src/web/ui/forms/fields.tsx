import { NativeSelect, NumberInput, Textarea, TextInput, type TextInputProps } from "@mantine/core"
import type { ReactNode } from "react"
import type { DutyId } from "../../../regulation/duties.ts"
import { LegalLabel } from "./legal-label.tsx"

interface Said {
  readonly label: string
  /** The duty that asks for it; its point and item stand beside the label. */
  readonly duty?: DutyId | undefined
  readonly hint?: string | undefined
}

interface FieldProps<Value> extends Said {
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly required?: boolean
}

function labelled({ label, duty, hint }: Said) {
  return {
    label: duty === undefined ? label : <LegalLabel text={label} duty={duty} />,
    description: hint,
  }
}

interface TextFieldProps extends FieldProps<string> {
  readonly type?: "text" | "email"
  readonly rest?: Pick<TextInputProps, "autoComplete" | "maxLength" | "placeholder">
}

export function TextField({
  type = "text",
  value,
  onChange,
  required = false,
  rest,
  ...said
}: TextFieldProps) {
  return (
    <TextInput
      {...labelled(said)}
      type={type}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      required={required}
      {...rest}
    />
  )
}

export function LongTextField({ value, onChange, required = false, ...said }: FieldProps<string>) {
  return (
    <Textarea
      {...labelled(said)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      required={required}
      autosize
      minRows={2}
    />
  )
}

/** A whole number from 0; empty text until something is typed. */
export function CountField({ value, onChange, required = false, ...said }: FieldProps<number | string>) {
  return (
    <NumberInput
      {...labelled(said)}
      value={value}
      onChange={onChange}
      min={0}
      allowDecimal={false}
      thousandSeparator=","
      required={required}
    />
  )
}

interface SelectProps<Value extends string> extends FieldProps<Value> {
  readonly options: readonly { readonly value: Value; readonly label: string }[]
}

/** The browser's own list: it works with every keyboard and on every phone. */
export function SelectField<Value extends string>({
  options,
  value,
  onChange,
  required = false,
  ...said
}: SelectProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((known) => known.value === chosen)
    if (option !== undefined) onChange(option.value)
  }
  return (
    <NativeSelect
      {...labelled(said)}
      data={options.map(({ value, label }) => ({ value, label }))}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
      required={required}
    />
  )
}

interface KnownProps extends Said {
  readonly children: ReactNode
}

/** A column that recorded facts fill: shown in its place among the others, not typed. */
export function KnownField({ label, duty, children }: KnownProps) {
  return (
    <div>
      <div className="field-label">{labelled({ label, duty }).label}</div>
      {children}
    </div>
  )
}
