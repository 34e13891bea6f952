"""Findings in the words of other programs: GitHub's and GitLab's pipelines, and SARIF for everything else.

Each is one pure function that returns the whole report. They know findings and the reader's language; not how findings
come about, nor where the report goes. Paths stay as the findings name them: relative to the office's folder.
"""

from kanal.cli.reports.code_quality import gitlab
from kanal.cli.reports.sarif_log import sarif
from kanal.cli.reports.workflow_commands import github

__all__ = ["github", "gitlab", "sarif"]
