import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayCertificate } from '#contract/gateway.ts';
import { AskedButton } from '../../ui/AskedButton.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { saveText } from '../../ui/saveText.ts';
import { useGateway } from './gatewayStore.ts';

/** The certificate with which the gateway proves itself to other machines; on this machine alone it needs none. */
export function CertificateSection({ certificate }: { certificate: GatewayCertificate | null }) {
	const { t } = useTranslation('gateway');
	const format = useFormat();
	const { setCertificate } = useGateway();
	const [isAsking, setAsking] = useState(false);
	const [own, setOwn] = useState({ certificate: '', key: '' });
	const field = (name: 'certificate' | 'key') => (
		<TextField
			fullWidth
			multiline
			rows={5}
			label={t(`certificate.${name}`)}
			value={own[name]}
			onChange={(event) => setOwn({ ...own, [name]: event.target.value })}
			sx={{ mt: 2 }}
			slotProps={{ htmlInput: { dir: 'ltr', spellCheck: false, autoComplete: 'off', maxLength: 100_000, style: { fontFamily: 'monospace' } } }}
		/>
	);
	return (
		<Section title={t('certificate.title')}>
			<SectionRow
				label={certificate === null ? t('certificate.none') : certificate.isSelfMade ? t('certificate.selfMade') : t('certificate.own')}
				help={certificate === null ? t('certificate.noneHelp') : t('certificate.until', { when: format.date(certificate.expiresAt) })}
				below={
					certificate && (
						<Box sx={{ mt: 1 }}>
							<Typography variant="caption" component="p" dir="ltr" sx={{ overflowWrap: 'anywhere' }}>
								{certificate.names.join(' · ')}
							</Typography>
							<Typography variant="caption" component="p" dir="ltr" sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere', color: 'text.secondary' }}>
								SHA-256 {certificate.fingerprint}
							</Typography>
							{certificate.isSelfMade && (
								<Typography variant="caption" component="p" sx={{ mt: 1, color: 'text.secondary' }}>
									{t('certificate.trust')}
								</Typography>
							)}
							<Box sx={{ display: 'flex', gap: 1, mt: 1 }}>
								<Button
									size="small"
									variant="outlined"
									color="inherit"
									onClick={() => saveText('homeroom-certificate.pem', certificate.pem, 'application/x-pem-file')}
								>
									{t('certificate.save')}
								</Button>
								{!certificate.isSelfMade && (
									<AskedButton
										label={t('certificate.forget')}
										title={t('certificate.forgetTitle')}
										text={t('certificate.forgetText')}
										onConfirm={() => setCertificate(null)}
									/>
								)}
							</Box>
						</Box>
					)
				}
			>
				{() => (
					<Button size="small" variant="outlined" color="inherit" onClick={() => setAsking(true)}>
						{t('certificate.give')}
					</Button>
				)}
			</SectionRow>
			<ConfirmDialog
				open={isAsking}
				title={t('certificate.giveTitle')}
				confirmLabel={t('certificate.take')}
				isReady={own.certificate.trim() !== '' && own.key.trim() !== ''}
				onConfirm={() => setCertificate(own)}
				onClose={() => {
					setAsking(false);
					setOwn({ certificate: '', key: '' });
				}}
			>
				<Typography>{t('certificate.giveText')}</Typography>
				{field('certificate')}
				{field('key')}
			</ConfirmDialog>
		</Section>
	);
}
