import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { CertificateSection } from './CertificateSection.tsx';
import { ExampleSection } from './ExampleSection.tsx';
import { useGateway } from './gatewayStore.ts';
import { ListenSection } from './ListenSection.tsx';
import { SwitchSection } from './SwitchSection.tsx';

/** The gateway for other programs, for an administrator: whether it is open and where, who else may reach it, and how a program asks it. */
export function GatewayScreen() {
	const { t } = useTranslation('gateway');
	const { t: ui } = useTranslation('ui');
	const { state, error, follow, clearError } = useGateway();
	useEffect(() => follow(), [follow]);
	return (
		<Page title={t('title')} width="reading">
			<ErrorNotice error={error} sx={{ mb: 2 }} {...(state ? { onClose: clearError } : { action: { label: ui('again'), onClick: () => follow() } })} />
			<Typography sx={{ color: 'text.secondary', mb: 3, maxWidth: '68ch' }}>{t('text')}</Typography>
			{state && (
				<>
					<SwitchSection state={state} />
					<ListenSection settings={state.settings} machineAddresses={state.machineAddresses} isSelfMade={state.certificate?.isSelfMade === true} />
					<CertificateSection certificate={state.certificate} />
					<ExampleSection origin={state.origin} isSelfMade={state.certificate?.isSelfMade === true} />
				</>
			)}
		</Page>
	);
}
