import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from './Page.tsx';

interface Props {
	title: string;
	/** Where the things of this kind are; what was typed is kept. */
	back: { to: string; label: string };
	/** Throws away what was typed, in a manner that can be undone; null: nothing was. */
	onDiscard: (() => void) | null;
	/** Makes the thing; left out where that is the form's last step. */
	act?: ReactNode;
	/** What stands beside the title. */
	beside?: ReactNode;
	/** See `Page`. */
	width?: 'reading' | 'full';
	children: ReactNode;
}

/** The page of a form for something new: before its title the way back, and at the end of its head what throws away what was typed, then what makes the thing. */
export function FormPage({ title, back, onDiscard, act, beside, width = 'full', children }: Props) {
	const { t } = useTranslation('ui');
	return (
		<Page
			title={title}
			back={back}
			beside={beside}
			width={width}
			action={
				<>
					{onDiscard && (
						<Button color="inherit" onClick={onDiscard}>
							{t('discard')}
						</Button>
					)}
					{act}
				</>
			}
		>
			{children}
		</Page>
	);
}
