import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client } from '../../rpc/client.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { curlExample, openaiExample } from './examples.ts';

/** What a program needs: a key, and how it asks, ready to copy. */
export function ExampleSection({ origin, isSelfMade }: { origin: string | null; isSelfMade: boolean }) {
	const { t } = useTranslation('gateway');
	const [model, setModel] = useState('qwen3:4b');
	useEffect(() => {
		let isCurrent = true;
		client.library.list().then(
			(models) => {
				const first = models.find(({ kind }) => kind === 'model');
				if (isCurrent && first) setModel(first.name);
			},
			// An example with a made-up name is one too.
			() => {},
		);
		return () => {
			isCurrent = false;
		};
	}, []);
	const order = { origin: origin ?? 'http://127.0.0.1:4610', model, isSelfMade };
	return (
		<Section title={t('example.title')}>
			<SectionRow label={t('example.key')} help={t('example.keyHelp')}>
				{() => (
					<Button component={Link} to="/account" size="small" variant="outlined" color="inherit">
						{t('example.toKeys')}
					</Button>
				)}
			</SectionRow>
			<Example label="curl" text={curlExample(order)} />
			<Example label={t('example.openai')} text={openaiExample(order)} />
		</Section>
	);
}

function Example({ label, text }: { label: string; text: string }) {
	return (
		<SectionRow
			label={label}
			below={
				<Box component="pre" dir="ltr" tabIndex={0} sx={{ m: 0, mt: 1, p: 1.5, borderRadius: 1, bgcolor: 'surface.sunken', overflowX: 'auto' }}>
					<Typography component="code" variant="caption" sx={{ fontFamily: 'monospace', whiteSpace: 'pre' }}>
						{text}
					</Typography>
				</Box>
			}
		>
			{() => <CopyButton text={text} />}
		</SectionRow>
	);
}
