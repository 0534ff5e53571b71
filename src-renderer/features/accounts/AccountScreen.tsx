import { useTranslation } from 'react-i18next';
import { useMay, useMe } from '../../rpc/useMe.ts';
import { Page } from '../../ui/Page.tsx';
import { Section } from '../../ui/Section.tsx';
import { KeyList } from './KeyList.tsx';
import { NameRow } from './NameRow.tsx';
import { OwnData } from './OwnData.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import { PasswordRow } from './PasswordRow.tsx';

/** One's own account: name and password, where it is signed in, the keys for other programs, and one's data. */
export function AccountScreen() {
	const { t } = useTranslation('accounts');
	const me = useMe((state) => state.me);
	const mayHaveKeys = useMay('user');
	if (me === null) return null;
	return (
		<Page title={t('own.title')} width="reading">
			<Section title={t('own.who')}>
				<NameRow me={me} />
				<PasswordRow me={me} />
			</Section>
			<OwnSessions />
			{mayHaveKeys && <KeyList />}
			<OwnData me={me} />
		</Page>
	);
}
