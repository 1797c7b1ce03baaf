"""kolla_set_configs --check: 0 while what is laid out is what is asked for, 1 otherwise, and never a change."""
import os
import shutil

from contract import ContractTest


class CheckTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.source("a", "hello")
        self.source("s/1.cfg", "one")
        self.source("s/2.cfg", "two")
        self.files = [self.entry("a", self.target("a"), owner="mysql"), self.entry("s/*.cfg", self.target("s/")),
                      self.entry("extra", self.target("extra"), optional=True)]
        self.folder = {"path": self.target("made"), "owner": "mysql", "perm": "0750"}
        self.file = {"path": self.target("made/file"), "owner": "mysql", "perm": "0640"}
        self.lay_out(config_files=self.files, directories=[self.folder], files=[self.file])

    def again(self, **keys):
        self.config(**{"config_files": self.files, "directories": [self.folder], "files": [self.file], **keys})

    def test_same(self):
        self.assertEqual(self.check(), 0)

    def test_differs_before_anything_is_laid_out(self):
        os.remove("/run_command")
        self.assertEqual(self.check(), 1)

    def test_differs_when_the_source_changed(self):
        self.source("a", "goodbye")
        self.assertEqual(self.check(), 1)
        self.assert_text(self.target("a"), "hello")
        self.lay_out()
        self.assertEqual(self.check(), 0)

    def test_differs_when_the_destination_was_changed_by_hand(self):
        self.write(self.target("a"), "by hand", 0o600)
        self.assertEqual(self.check(), 1)
        self.assert_text(self.target("a"), "by hand")

    def test_differs_when_mode_or_owner_was_changed(self):
        os.chmod(self.target("a"), 0o644)
        self.assertEqual(self.check(), 1)
        os.chmod(self.target("a"), 0o600)
        self.assertEqual(self.check(), 0)
        shutil.chown(self.target("a"), "keystone")
        self.assertEqual(self.check(), 1)

    def test_differs_when_the_config_asks_for_another_mode(self):
        self.files[0]["perm"] = "0640"
        self.again()
        self.assertEqual(self.check(), 1)

    def test_differs_when_a_destination_is_missing(self):
        os.remove(self.target("a"))
        self.assertEqual(self.check(), 1)

    def test_differs_when_an_optional_source_has_come(self):
        self.source("extra")
        self.assertEqual(self.check(), 1)

    def test_differs_when_a_star_matches_more_or_less(self):
        more = self.source("s/3.cfg", "three")
        self.assertEqual(self.check(), 1)
        os.remove(more)
        self.assertEqual(self.check(), 0)
        os.remove(os.path.join(os.path.dirname(more), "2.cfg"))
        self.assertEqual(self.check(), 1)

    def test_differs_when_an_entry_was_removed(self):
        del self.files[0]
        self.again()
        self.assertEqual(self.check(), 1)

    def test_differs_when_the_command_is_another(self):
        self.again(command="/bin/false")
        self.assertEqual(self.check(), 1)

    def test_differs_when_a_folder_or_an_empty_file_is_not_as_asked(self):
        os.chmod(self.target("made"), 0o700)
        self.assertEqual(self.check(), 1)
        os.chmod(self.target("made"), 0o750)
        os.remove(self.target("made/file"))
        self.assertEqual(self.check(), 1)

    def test_what_a_service_writes_beside_its_configuration_is_no_difference(self):
        self.write(self.target("s/cache"))
        self.write(self.target("made/file"), "a line of a log", 0o640)
        self.assertEqual(self.check(), 0)

    def test_differs_when_a_required_source_is_gone(self):
        self.files.append(self.entry("absent", self.target("b")))
        self.again()
        self.assertEqual(self.check(), 1)
