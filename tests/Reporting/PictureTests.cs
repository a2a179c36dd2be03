using SkiaSharp;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;

namespace SpeechEmotion.Tests;

public sealed class PictureTests
{
    [Fact]
    public void Preview()
    {
        var rows = StudyTable.Rows(MadeUpStudy.Results());
        ConfusionPicture.Grid([.. rows.Select(r => new TitledMatrix(r.Metrics.Confusion, ReportText.Title(r.Model, r.Labels, r.Metrics.Uar, r.UarInterval)))], 4).SavePng("/tmp/rep/confusion.png");
        ConfusionPicture.Grid([.. rows.Select(r => new TitledMatrix(r.Metrics.Confusion, ReportText.Title(r.Model, r.Labels, r.Metrics.Uar, r.UarInterval)))], 4).SaveSvg("/tmp/rep/confusion.svg");
        LearningPicture.Of(MadeUpStudy.Results()).SavePng("/tmp/rep/learning.png");
        UarPicture.Of(rows).SavePng("/tmp/rep/uar.png");
        CostPicture.Of(rows).SavePng("/tmp/rep/cost.png");
        RunReport.Write("/tmp/rep/run", MadeUpStudy.Run("CNN <b>", 1, "six", MadeUpStudy.Six, 0), "A note.");
        StudyReport.Write("/tmp/rep/study", MadeUpStudy.Study, MadeUpStudy.Results(), MadeUpStudy.Notes);
        StudyReport.Write("/tmp/rep/partial", MadeUpStudy.Study, [.. MadeUpStudy.Results(false).Take(8), .. MadeUpStudy.Results(false).Skip(15).Take(4)], MadeUpStudy.Notes with { DataNote = null });
        StudyReport.Write("/tmp/rep/empty", MadeUpStudy.Study, [], MadeUpStudy.Notes);
    }
}
