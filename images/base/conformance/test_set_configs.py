"""Every key of config.json, and the two strategies."""
import os
import shutil

from contract import CONFIG_FILES, ContractTest


class ConfigTest(ContractTest):
    def test_refuses_to_start_without_a_config(self):
        self.refused("config.json")

    def test_refuses_a_config_that_is_no_json(self):
        self.source("config.json", "{")
        self.refused("config.json")

    def test_prefers_config_yaml(self):
        self.config(command="from json")
        self.source("config.yaml", "command: from yaml\n")
        self.lay_out()
        self.assert_text("/run_command", "from yaml\n")

    def test_writes_the_command_for_everyone_to_read(self):
        self.lay_out(command="/usr/bin/service --option 'two words'")
        self.assert_text("/run_command", "/usr/bin/service --option 'two words'\n")
        self.assert_owned("/run_command", "root", 0o644)

    def test_refuses_a_config_without_a_command(self):
        self.source("config.json", "{}")
        self.refused("command")


class StrategyTest(ContractTest):
    def test_copy_always_lays_out_at_every_start(self):
        self.source("a", "old")
        self.lay_out(config_files=[self.entry("a", self.target("a"))])
        self.source("a", "new")
        self.lay_out()
        self.assert_text(self.target("a"), "new")

    def test_copy_once_lays_out_at_the_first_start_only(self):
        self.source("a", "old")
        self.config(config_files=[self.entry("a", self.target("a"))])
        self.assertEqual(self.run_set_configs(strategy="COPY_ONCE").returncode, 0)
        self.source("a", "new")
        self.assertEqual(self.run_set_configs(strategy="COPY_ONCE").returncode, 0)
        self.assert_text(self.target("a"), "old")

    def test_refuses_to_start_without_a_strategy(self):
        self.config()
        self.refused("KOLLA_CONFIG_STRATEGY", strategy=None)

    def test_refuses_an_unknown_strategy(self):
        self.config()
        self.refused("KOLLA_CONFIG_STRATEGY", strategy="COPY_NEVER")


class ConfigFilesTest(ContractTest):
    def test_copies_with_owner_and_mode(self):
        self.source("a", "hello")
        self.lay_out(config_files=[self.entry("a", self.target("a"), owner="keystone", perm="0640")])
        self.assert_text(self.target("a"), "hello")
        self.assert_owned(self.target("a"), "keystone", 0o640)

    def test_takes_the_group_that_is_named(self):
        self.source("a")
        self.lay_out(config_files=[self.entry("a", self.target("a"), owner="keystone:kolla")])
        self.assert_owned(self.target("a"), "keystone:kolla", 0o600)

    def test_refuses_an_unknown_owner(self):
        self.source("a")
        self.config(config_files=[self.entry("a", self.target("a"), owner="nobody-knows")])
        self.refused("nobody-knows")

    def test_needs_an_owner_and_a_mode(self):
        self.source("a")
        for missing in ("owner", "perm"):
            with self.subTest(missing):
                self.config(config_files=[self.entry("a", self.target("a"), **{missing: None})])
                self.refused(missing)

    def test_needs_a_destination(self):
        self.source("a")
        self.config(config_files=[self.entry("a", None)])
        self.refused("dest")

    def test_preserve_properties_takes_them_from_the_source(self):
        source = self.source("a", mode=0o751)
        shutil.chown(source, "rabbitmq", "kolla")
        self.lay_out(config_files=[self.entry("a", self.target("a"), owner=None, perm=None, preserve_properties=True)])
        self.assert_owned(self.target("a"), "rabbitmq:kolla", 0o751)

    def test_refuses_a_source_that_is_missing(self):
        self.config(config_files=[self.entry("absent", self.target("a"))])
        self.refused("absent")

    def test_passes_over_an_optional_source_that_is_missing(self):
        self.lay_out(config_files=[self.entry("absent", self.target("a"), optional=True)])
        self.assert_missing(self.target("a"))

    def test_a_star_that_matches_nothing_is_no_error(self):
        self.lay_out(config_files=[self.entry("*.absent", self.target("d/"))])

    def test_a_star_copies_all_that_match_into_the_folder(self):
        for name in ("1.cfg", "2.cfg", "3.txt"):
            self.source(name, name)
        self.lay_out(config_files=[self.entry("*.cfg", self.target("d/"))])
        self.assertEqual(sorted(os.listdir(self.target("d"))), ["1.cfg", "2.cfg"])
        self.assert_text(self.target("d/2.cfg"), "2.cfg")

    def test_a_destination_with_a_slash_is_the_folder_to_copy_into(self):
        self.source("a", "hello")
        self.lay_out(config_files=[self.entry("a", self.target("not/yet/there/"))])
        self.assert_text(self.target("not/yet/there/a"), "hello")

    def test_copies_folders_whole_and_lets_readers_enter_them(self):
        self.source("d/one")
        self.source("d/deep/two")
        self.lay_out(config_files=[self.entry("d", self.target("d"), owner="mysql", perm="0640")])
        self.assert_owned(self.target("d"), "mysql", 0o750)
        self.assert_owned(self.target("d/deep"), "mysql", 0o750)
        self.assert_owned(self.target("d/deep/two"), "mysql", 0o640)

    def test_replaces_what_was_there(self):
        self.source("d/new")
        os.makedirs(self.target("d"))
        self.write(self.target("d/old"))
        self.lay_out(config_files=[self.entry("d", self.target("d"))])
        self.assertEqual(os.listdir(self.target("d")), ["new"])

    def test_replaces_a_link_and_not_what_it_leads_to(self):
        self.source("a", "new")
        self.write(self.target("elsewhere"), "old")
        os.symlink(self.target("elsewhere"), self.target("a"))
        self.lay_out(config_files=[self.entry("a", self.target("a"))])
        self.assert_text(self.target("a"), "new")
        self.assert_text(self.target("elsewhere"), "old")

    def test_merge_keeps_what_was_there(self):
        self.source("d/new", "new")
        self.source("d/both", "new")
        os.makedirs(self.target("d"))
        self.write(self.target("d/old"), "old")
        self.write(self.target("d/both"), "old")
        self.lay_out(config_files=[self.entry("d", self.target("d"), merge=True)])
        self.assertEqual(sorted(os.listdir(self.target("d"))), ["both", "new", "old"])
        self.assert_text(self.target("d/both"), "new")
        self.assert_text(self.target("d/old"), "old")


class DirectoriesAndFilesTest(ContractTest):
    def test_makes_directories(self):
        self.lay_out(directories=[{"path": self.target("a/b"), "owner": "haproxy:kolla", "perm": "0750"}])
        self.assert_owned(self.target("a/b"), "haproxy:kolla", 0o750)

    def test_keeps_what_a_directory_holds(self):
        os.makedirs(self.target("a"))
        self.write(self.target("a/data"), "data")
        self.lay_out(directories=[{"path": self.target("a"), "owner": "haproxy", "perm": "0700"}])
        self.assert_text(self.target("a/data"), "data")
        self.assert_owned(self.target("a"), "haproxy", 0o700)

    def test_makes_empty_files(self):
        self.lay_out(files=[{"path": self.target("log/a.log"), "owner": "mysql", "perm": "0640"}])
        self.assert_text(self.target("log/a.log"), "")
        self.assert_owned(self.target("log/a.log"), "mysql", 0o640)

    def test_keeps_what_a_file_holds(self):
        self.write(self.target("a.log"), "lines")
        self.lay_out(files=[{"path": self.target("a.log"), "owner": "mysql", "perm": "0640"}])
        self.assert_text(self.target("a.log"), "lines")

    def test_need_path_owner_and_mode(self):
        for section in ("directories", "files", "permissions"):
            whole = {"path": self.target("a"), "owner": "root", "perm": "0600"}
            for missing in whole:
                with self.subTest(section=section, missing=missing):
                    self.config(**{section: [{key: value for key, value in whole.items() if key != missing}]})
                    self.refused(missing)


class PermissionsTest(ContractTest):
    def setUp(self):
        super().setUp()
        os.makedirs(self.target("d/deep"))
        for name in ("d/one", "d/deep/two", "d/deep/secret.key"):
            self.write(self.target(name))

    def test_change_the_path_alone(self):
        self.lay_out(permissions=[{"path": self.target("d"), "owner": "mysql:kolla", "perm": "0640"}])
        self.assert_owned(self.target("d"), "mysql:kolla", 0o750)
        self.assert_owned(self.target("d/one"), "root", 0o644)

    def test_recurse_changes_all_below(self):
        self.lay_out(permissions=[{"path": self.target("d"), "owner": "mysql", "perm": "0600", "recurse": True}])
        self.assert_owned(self.target("d/deep"), "mysql", 0o700)
        self.assert_owned(self.target("d/deep/two"), "mysql", 0o600)

    def test_exclude_passes_over_what_matches(self):
        self.lay_out(permissions=[
            {"path": self.target("d"), "owner": "mysql", "perm": "0600", "recurse": True, "exclude": [r"\.key$"]}])
        self.assert_owned(self.target("d/deep/two"), "mysql", 0o600)
        self.assert_owned(self.target("d/deep/secret.key"), "root", 0o644)

    def test_path_may_be_a_pattern(self):
        self.lay_out(permissions=[{"path": self.target("d/*"), "owner": "mysql", "perm": "0600"}])
        self.assert_owned(self.target("d/one"), "mysql", 0o600)
        self.assert_owned(self.target("d/deep"), "mysql", 0o700)
        self.assert_owned(self.target("d"), "root", 0o755)

    def test_a_path_that_is_not_there_is_no_error(self):
        self.lay_out(permissions=[{"path": self.target("absent"), "owner": "mysql", "perm": "0600", "recurse": True}])

    def test_come_after_the_files(self):
        self.source("a")
        self.lay_out(config_files=[self.entry("a", self.target("a"))],
                     permissions=[{"path": self.target("a"), "owner": "keystone", "perm": "0640"}])
        self.assert_owned(self.target("a"), "keystone", 0o640)


class OriginalsTest(ContractTest):
    def test_what_is_no_longer_configured_gets_the_images_file_back(self):
        self.source("a", "ours")
        shutil.chown(self.write(self.target("a"), "the image's", 0o640), "mysql", "kolla")
        self.lay_out(config_files=[self.entry("a", self.target("a"))])
        self.source("a", "ours, changed")
        self.lay_out()
        self.assert_text(self.target("a"), "ours, changed")
        self.lay_out(config_files=[])
        self.assert_text(self.target("a"), "the image's")
        self.assert_owned(self.target("a"), "mysql:kolla", 0o640)

    def test_what_is_no_longer_configured_goes_when_the_image_had_none(self):
        self.source("a")
        self.lay_out(config_files=[self.entry("a", self.target("a"))])
        self.lay_out(config_files=[])
        self.assert_missing(self.target("a"))

    def test_a_source_that_a_star_no_longer_matches_is_removed(self):
        self.source("1.cfg")
        gone = self.source("2.cfg")
        self.lay_out(config_files=[self.entry("*.cfg", self.target("d/"))])
        os.remove(gone)
        self.lay_out()
        self.assertEqual(os.listdir(self.target("d")), ["1.cfg"])

    def test_a_folder_comes_back_whole(self):
        os.makedirs(self.target("d/deep"))
        self.write(self.target("d/deep/one"), "the image's")
        self.source("d/ours")
        self.lay_out(config_files=[self.entry("d", self.target("d"))])
        self.lay_out(config_files=[])
        self.assertEqual(os.listdir(self.target("d")), ["deep"])
        self.assert_text(self.target("d/deep/one"), "the image's")

    def test_what_was_merged_goes_and_what_was_there_stays(self):
        os.makedirs(self.target("d"))
        self.write(self.target("d/both"), "the image's")
        self.write(self.target("d/made later"), "by the service")
        self.source("d/both", "ours")
        self.source("d/new", "ours")
        self.lay_out(config_files=[self.entry("d", self.target("d"), merge=True)])
        self.lay_out(config_files=[])
        self.assertEqual(sorted(os.listdir(self.target("d"))), ["both", "made later"])
        self.assert_text(self.target("d/both"), "the image's")

    def test_can_be_configured_again_later(self):
        self.source("a", "ours")
        self.write(self.target("a"), "the image's")
        wanted = [self.entry("a", self.target("a"))]
        for files, text in ((wanted, "ours"), ([], "the image's"), (wanted, "ours"), ([], "the image's")):
            self.lay_out(config_files=files)
            self.assert_text(self.target("a"), text)

    def test_sources_are_never_changed(self):
        source = self.source("a", "ours", 0o640)
        self.lay_out(config_files=[self.entry("a", self.target("a"), owner="mysql")])
        self.lay_out(config_files=[])
        self.assert_text(source, "ours")
        self.assert_owned(source, "root", 0o640)
        self.assertEqual(sorted(os.listdir(CONFIG_FILES)), ["a", "config.json"])
