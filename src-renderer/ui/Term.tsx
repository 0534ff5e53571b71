import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type english from '../../resources/locales/en/terms.json';

/** A word that the texts `terms` explain. */
export type TermName = keyof (typeof english)['words'];

/** A word of the field where it stands on a screen: underlined with dots, it says what it means when it is pointed at, reached with the keyboard or pressed; Escape closes that. */
export function Term({ name, children }: { name: TermName; children: ReactNode }) {
	const [isOpen, setOpen] = useState(false);
	return (
		<ExplainedTerm name={name} open={isOpen} onOpenChange={setOpen}>
			<Box
				component="button"
				type="button"
				onClick={(event) => {
					// Within a label it would press what is labelled.
					event.preventDefault();
					setOpen(true);
				}}
				sx={{
					font: 'inherit',
					color: 'inherit',
					letterSpacing: 'inherit',
					textAlign: 'inherit',
					p: 0,
					border: 0,
					bgcolor: 'transparent',
					cursor: 'help',
					borderRadius: 0.5,
					textDecoration: 'underline dotted',
					textDecorationColor: 'var(--mui-palette-text-secondary)',
					textUnderlineOffset: '3px',
				}}
			>
				{children}
			</Box>
		</ExplainedTerm>
	);
}

interface ExplainedProps {
	name: TermName;
	/** Given together, whoever shows this says whether it is open. */
	open?: boolean;
	onOpenChange?: (isOpen: boolean) => void;
	/** Something that can be focused, such as the button of a column's head. */
	children: ReactElement;
}

/** Says what a word means while the pointer or the keyboard is on what it is wrapped around. */
export function ExplainedTerm({ name, open, onOpenChange, children }: ExplainedProps) {
	const { t } = useTranslation('terms');
	return (
		<Tooltip
			describeChild
			title={t(`words.${name}.text`)}
			{...(open !== undefined && { open })}
			onOpen={() => onOpenChange?.(true)}
			onClose={() => onOpenChange?.(false)}
		>
			{children}
		</Tooltip>
	);
}
