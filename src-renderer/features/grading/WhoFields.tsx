import { useTranslation } from 'react-i18next';
import type { AnswerMapping } from '#contract/answerMapping.ts';
import { SelectField } from '../../ui/SelectField.tsx';

interface Props {
	/** Null: the answers' column is not known yet, and without it there is no mapping to put these in. */
	mapping: AnswerMapping | null;
	columns: readonly string[];
	onChange: (mapping: AnswerMapping) => void;
}

const none = '';

/** The columns that say who a student is: the number, the name in one part or two, and the class. */
export function WhoFields({ mapping, columns, onChange }: Props) {
	const { t } = useTranslation('grading');
	const [name = none, more = none] = mapping?.studentNames ?? [];
	const field = (label: string, value: string, change: (column: string) => Partial<Pick<AnswerMapping, 'studentId' | 'studentNames' | 'studentClass'>>) => (
		<SelectField
			label={label}
			isDisabled={mapping === null}
			value={value}
			options={[none, ...columns]}
			name={(column) => column || t('mapping.none')}
			onChange={(column) => mapping && onChange({ ...mapping, ...change(column) })}
		/>
	);
	const names = (...parts: string[]) => ({ studentNames: parts.filter((part) => part !== none) });
	return (
		<>
			{field(t('mapping.studentId'), mapping?.studentId ?? none, (column) => ({ studentId: column || null }))}
			{field(t('mapping.studentName'), name, (column) => (column === none ? names() : names(column, more)))}
			{name !== none && field(t('mapping.moreName'), more, (column) => names(name, column))}
			{field(t('mapping.studentClass'), mapping?.studentClass ?? none, (column) => ({ studentClass: column || null }))}
		</>
	);
}
