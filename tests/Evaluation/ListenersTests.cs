using SpeechEmotion.Evaluation;
using SpeechEmotion.Reporting;
using SpeechEmotion.Tests.Evaluation;

namespace SpeechEmotion.Tests;

public sealed class ListenersTests
{
    private const string Header = "\"\",\"FileName\",\"VoiceVote\",\"VoiceLevel\"\n";

    [Fact]
    public void A_tie_is_shared_and_each_emotion_counts_once()
    {
        using TestFolder folder = new();
        Listeners votes = Listeners.ReadVotes(Votes(folder, "ANG:A", "ANG:A:D", "HAP:N", "NEU:N", "SAD:S", "FEA:A:D:F:N", "DIS:D"));
        Assert.Equal([2, 1, 1, 1, 1, 1], votes.Clips);
        Assert.Equal(0.75, votes.Share("anger", "anger"));
        Assert.Equal(0.25, votes.Share("anger", "disgust"));
        Assert.Equal(0.25, votes.Share("fear", "neutral"));
        Assert.Equal(0, votes.Share("happy", "happy"));
        Assert.Equal(0.25, votes.Share("angry", "disgust"));
        Assert.Null(votes.Share("anger", "surprise"));
        Assert.Equal((0.75 + 0 + 1 + 1 + 0.25 + 1) / 6, votes.Uar, 1e-12); // rounding of six sums

        votes.Write(folder["listeners.csv"]);
        Listeners again = Listeners.Read(folder["listeners.csv"])!;
        Assert.Equal(votes.Classes, again.Classes);
        Assert.Equal(votes.Clips, again.Clips);
        Assert.Equal(votes.Shares, again.Shares);
        Assert.Null(Listeners.Read(folder["none.csv"]));
    }

    [Theory]
    [InlineData("ANG:X", "is no clip of CREMA-D")]
    [InlineData("JOY:A", "is no clip of CREMA-D")]
    [InlineData("ANG:A", "no clip of happy")]
    public void Another_file_is_refused(string row, string message)
    {
        using TestFolder folder = new();
        InputException badRow = Assert.Throws<InputException>(() => Listeners.ReadVotes(Votes(folder, row)));
        Assert.Contains(message, badRow.Message, StringComparison.Ordinal);
        File.WriteAllText(folder["other.csv"], "a,b\n1,2\n");
        InputException badHeader = Assert.Throws<InputException>(() => Listeners.ReadVotes(folder["other.csv"]));
        Assert.Contains("FileName", badHeader.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_row_of_the_corpus_s_own_file_is_no_work_of_the_workbench()
    {
        using TestFolder folder = new();
        string path = Votes(folder, "ANG:A");
        File.AppendAllText(path, "\"1\",\"1001_IEO_HAP_XX\"\n");
        Assert.Equal(
            $"{path}, line 3: 2 values where the header has 4; take the corpus's own file",
            Assert.Throws<InputException>(() => Listeners.ReadVotes(path)).Message);
    }

    [Fact]
    public void The_corpus_s_own_votes_give_what_a_count_in_Python_gives()
    {
        string path = Path.Combine(MiniatureCorpus.Repository, "..", "shared", "cremad", "summaryTable.csv");
        Assert.SkipUnless(File.Exists(path), "CREMA-D's votes are not here: ../shared/cremad/summaryTable.csv");
        Listeners votes = Listeners.ReadVotes(path);
        Assert.Equal([1271, 1271, 1087, 1271, 1271, 1271], votes.Clips);
        // Computed with csv.DictReader, VoiceVote split at ':' and 1/n for each vote; compared to the four printed digits.
        Assert.Equal(0.6355, votes.Share("anger", "anger")!.Value, 5e-5);
        Assert.Equal(0.7034, votes.Share("sad", "neutral")!.Value, 5e-5);
        Assert.Equal(0.3502, votes.Share("fear", "fear")!.Value, 5e-5);
        Assert.Equal(0.45874770280628585, votes.Uar, 1e-12); // both sum doubles, in another order
    }

    [Fact]
    public void A_confusion_is_common_where_every_model_makes_it_more_often_than_its_errors_spread_evenly_would()
    {
        IReadOnlyList<SystemSummary> rows = [.. StudyTable.Rows(MadeUpStudy.Results()).Where(row => row.Labels == "six")];
        IReadOnlyList<CommonConfusion> common = CommonConfusion.Of(rows);
        // The made-up models prefer the class after the true one to the other wrong classes.
        Assert.Equal(
            Rows.Six, common.Select(one => one.Truth).Order().Distinct().OrderBy(name => Array.IndexOf(Rows.Six, name)));
        Assert.All(common, one => Assert.Equal(Rows.Six[(Array.IndexOf(Rows.Six, one.Truth) + 1) % 6], one.Answer));
        Assert.Equal(common.OrderByDescending(one => one.Shares.Average()), common);
        Assert.Empty(CommonConfusion.Of([.. rows.Take(1)]));
    }

    [Fact]
    public void A_report_sets_listeners_beside_the_models_only_where_they_are_given()
    {
        using TestFolder folder = new();
        Listeners votes = Listeners.ReadVotes(Votes(folder, "ANG:A", "ANG:H", "HAP:N", "NEU:N", "SAD:S", "FEA:F", "DIS:D"));
        StudyReport.Write(folder["with"], MadeUpStudy.Study, MadeUpStudy.Results(), MadeUpStudy.Notes, votes);
        StudyReport.Write(folder["without"], MadeUpStudy.Study, MadeUpStudy.Results(), MadeUpStudy.Notes);
        string with = folder.Read("with/report.md");
        Assert.Matches(@"\| anger \| happy \| [0-9. |]+ \| 50.0 \|", with);
        Assert.Contains("Listeners", folder.Read("with/report.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("Listeners", folder.Read("without/report.md"), StringComparison.Ordinal);
        Assert.Contains("| Emotion | Taken for |", folder.Read("without/report.md"), StringComparison.Ordinal);
    }

    private static string Votes(TestFolder folder, params string[] rows)
    {
        IEnumerable<string> lines = rows.Select((row, i) => $"\"{i}\",\"1001_IEO_{row[..3]}_XX\",\"{row[4..]}\",\"50\"\n");
        File.WriteAllText(folder["votes.csv"], Header + string.Concat(lines));
        return folder["votes.csv"];
    }
}
