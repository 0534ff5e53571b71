import { PeopleScreen } from '../features/accounts/PeopleScreen.tsx';
import { MeterDialog } from '../features/ledger/MeterDialog.tsx';

/** The people, with what the ledger keeps of each: two features that know nothing of one another meet here. */
export function PeoplePage() {
	return <PeopleScreen MeterDialog={MeterDialog} />;
}
