import { useState } from 'react';
import { CheckField, SelectField, TextArea, TextField } from '../../ui/Field';
import { Fields } from '../../ui/Form';
import { type FormField, jsonProblem, objectOf, withMember } from './schemaForm';
import styles from './TestPage.module.css';

interface Props {
  fields: FormField[];
  text: string;
  onChange(text: string): void;
}

/** The payload as fields. Its text stays the truth: what a field does not know is kept in it. */
export function SchemaForm({ fields, text, onChange }: Props) {
  const values = objectOf(text);
  if (values === undefined) {
    return <p className={styles.quiet}>The JSON is no object, so it cannot be shown as fields.</p>;
  }
  return (
    <Fields>
      {fields.map((field) => (
        <SchemaField
          key={field.name}
          field={field}
          value={values[field.name]}
          onChange={(value) => onChange(withMember(text, field.name, value))}
        />
      ))}
    </Fields>
  );
}

interface FieldProps {
  field: FormField;
  value: unknown;
  onChange(value: unknown): void;
}

function SchemaField({ field, value, onChange }: FieldProps) {
  const label = field.isRequired ? `${field.label} *` : field.label;
  switch (field.input) {
    case 'check':
      return (
        <CheckField
          label={
            <>
              {label} {field.hint && <span className={styles.quiet}>{field.hint}</span>}
            </>
          }
          isChecked={value === true}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <SelectField label={label} hint={field.hint} value={String(value ?? '')} onChange={(text) => onChange(text || undefined)}>
          <option value="">–</option>
          {field.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </SelectField>
      );
    case 'number':
      return (
        <TextField
          label={label}
          hint={field.hint}
          type="number"
          step={field.isWhole ? 1 : 'any'}
          value={typeof value === 'number' ? String(value) : ''}
          onChange={(text) => onChange(text === '' ? undefined : Number(text))}
        />
      );
    case 'json':
      return <JsonField field={field} label={label} value={value} onChange={onChange} />;
    case 'area':
      return <TextArea label={label} hint={field.hint} value={textOf(value)} onChange={onChange} />;
    case 'text':
      return <TextField label={label} hint={field.hint} value={textOf(value)} onChange={onChange} />;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Half a value is no JSON, so what is typed is kept here until it is. */
function JsonField({ field, label, value, onChange }: FieldProps & { label: string }) {
  const written = value === undefined ? '' : JSON.stringify(value);
  const [draft, setDraft] = useState<string>();
  return (
    <TextField
      label={label}
      hint={field.hint ?? 'JSON'}
      value={draft ?? written}
      problem={draft === undefined ? undefined : jsonProblem(draft)}
      onChange={(text) => {
        if (jsonProblem(text) === undefined) {
          setDraft(undefined);
          onChange(text.trim() === '' ? undefined : (JSON.parse(text) as unknown));
        } else {
          setDraft(text);
        }
      }}
    />
  );
}
