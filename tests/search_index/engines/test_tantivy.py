import shutil
from pathlib import Path

import search_index
from search_index import Entry


def test_files_of_a_commit_that_was_never_finished_do_not_stop_the_next(tmp_path: Path) -> None:
    index = search_index.open(f"tantivy:{tmp_path / 'index'}")
    index.put([Entry(f"task:{n}", "task", "Việc", version="1") for n in range(3)])
    killed = tmp_path / "killed"
    shutil.copytree(tmp_path / "index", killed)
    index.put([Entry("task:1", "task", "Việc", version="2")])
    [finished], [folder] = (tmp_path / "index").glob("generation-*"), killed.glob("generation-*")
    # everything was written but what makes it count
    for file in finished.iterdir():
        if file.name != "meta.json":
            shutil.copy(file, folder)
    index = search_index.open(f"tantivy:{killed}")
    assert index.versions()["task:1"] == "1"
    index.put([Entry("task:1", "task", "Việc", version="2")])
    assert index.versions() == {"task:0": "1", "task:1": "2", "task:2": "1"}
