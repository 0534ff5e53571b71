import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { DatasetVersion } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';

interface Props {
	versions: readonly DatasetVersion[];
	version: DatasetVersion;
	onChoose: (versionId: string) => void;
}

/** Which version is looked at, and what is known of it, in one line. */
export function VersionFacts({ versions, version, onChoose }: Props) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const nameOf = (id: string) => {
		const found = versions.find((one) => one.id === id);
		return found ? t('datasets.version', { number: found.number, when: format.date(found.createdAt) }) : '';
	};
	const facts = [
		[t('datasets.examples'), format.number(version.exampleCount)],
		[t('datasets.characters'), format.number(version.characters)],
		[t('datasets.duplicates'), format.number(version.duplicateCount)],
		[t('datasets.refused'), format.number(version.refusedCount)],
		[t('datasets.origin'), [t(`datasets.forms.${version.form}`), version.origin].filter(Boolean).join(' · ')],
	] as const;
	return (
		<Box sx={{ flex: 'none', display: 'flex', alignItems: 'center', gap: 3, px: 3, pt: 1, pb: 1.5, flexWrap: 'wrap' }}>
			<Box sx={{ width: 220 }}>
				<SelectField label={t('datasets.versionLabel')} value={version.id} options={versions.map(({ id }) => id)} name={nameOf} onChange={onChoose} />
			</Box>
			<Box component="dl" sx={{ m: 0, flex: 1, minWidth: 320, display: 'flex', gap: 3, overflow: 'hidden' }}>
				{facts.map(([label, value]) => (
					<Box key={label} sx={{ minWidth: 0, flex: '0 1 auto' }}>
						<Typography component="dt" variant="caption" noWrap sx={{ color: 'text.secondary' }}>
							{label}
						</Typography>
						<Typography component="dd" dir="auto" noWrap title={value} sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}>
							{value}
						</Typography>
					</Box>
				))}
			</Box>
		</Box>
	);
}
