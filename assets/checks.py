"""The quality checks as Dagster shows them; what they measure and where they warn is pipeline/quality's."""

from collections.abc import Mapping

import dagster as dg
import pyarrow as pa

from pipeline.quality.checks import batch_checks, describe

_CHECKS = batch_checks()
QUALITY_CHECKS = {name: describe(name) for name in _CHECKS}


def asset_of(check: str) -> str:
    """The asset that a check is shown with."""
    return "document_quality" if check == "restoration_confidence" else "quality_flags"


def quality_results(check: str, tables: Mapping[str, pa.Table]) -> dg.AssetCheckResult:
    """The result of one check over a batch's tables."""
    result = _CHECKS[check](tables)
    return dg.AssetCheckResult(
        passed=result.passed,
        asset_key=asset_of(check),
        check_name=check,
        severity=dg.AssetCheckSeverity.ERROR if result.severity == "ERROR" else dg.AssetCheckSeverity.WARN,
        description=result.summary,
        metadata={
            "share": round(result.share, 4),
            "affected": result.affected,
            "total": result.total,
            **dict(result.counts),
            "worst_documents": dg.MetadataValue.md("\n".join(f"- {doc_id}: {count}" for doc_id, count in result.worst) or "none"),
            "sample": dg.MetadataValue.md(result.sample or "none"),
        },
    )
