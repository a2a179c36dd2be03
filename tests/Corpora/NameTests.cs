using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests;

public class NameTests
{
    [Theory]
    [InlineData("ravdess", "Actor_07/03-01-05-01-02-01-07.wav", "03-01-05-01-02-01-07", "07", "male", "angry")]
    [InlineData("ravdess", "03-01-01-01-01-01-24.wav", "03-01-01-01-01-01-24", "24", "female", "neutral")]
    [InlineData(
        "ravdess", "archive/audio_speech_actors_01-24/Actor_12/03-01-08-02-02-02-12.wav",
        "03-01-08-02-02-02-12", "12", "female", "surprised")]
    [InlineData("ravdess", "Audio_Speech_Actors_01-24/Actor_03/03-01-07-01-01-02-03.WAV", "03-01-07-01-01-02-03", "03", "male", "disgust")]
    [InlineData("ravdess", "all/03-01-03-01-02-02-07.flac", "03-01-03-01-02-02-07", "07", "male", "happy")]
    [InlineData("ravdess", "03-01-02-01-02-01-16.ogg", "03-01-02-01-02-01-16", "16", "female", "calm")]
    [InlineData("ravdess", "03-01-06-02-02-01-20.aiff", "03-01-06-02-02-01-20", "20", "female", "fearful")]
    // The name decides, not the folder.
    [InlineData("ravdess", "tess/03-01-04-02-02-01-10.wav", "03-01-04-02-02-01-10", "10", "female", "sad")]
    [InlineData("cremad", "1076_MTI_SAD_XX.wav", "1076_MTI_SAD_XX", "1076", "female", "SAD")]
    [InlineData("cremad", "cremad/audiowav/1005_tai_fea_lo.wav", "1005_TAI_FEA_LO", "1005", "male", "FEA")]
    [InlineData("cremad", "1065_IEO_DIS_MD.wav", "1065_IEO_DIS_MD", "1065", "male", "DIS")]
    [InlineData("cremad", "AudioWAV/1001_DFA_ANG_XX.wav", "1001_DFA_ANG_XX", "1001", "male", "ANG")]
    [InlineData("cremad", "1002_IEO_SAD_HI.wav", "1002_IEO_SAD_HI", "1002", "female", "SAD")]
    [InlineData("cremad", "AudioWAV/1040_ITH_SAD_X.wav", "1040_ITH_SAD_X", "1040", "male", "SAD")]
    [InlineData("cremad", "AudioMP3/1091_WSI_HAP_XX.mp3", "1091_WSI_HAP_XX", "1091", "female", "HAP")]
    [InlineData("tess", "OAF_back_angry.wav", "OAF_back_angry", "OAF", "female", "angry")]
    [InlineData(
        "tess", "TESS Toronto emotional speech set data/YAF_pleasant_surprised/YAF_back_ps.wav", "YAF_back_ps", "YAF", "female", "ps")]
    [InlineData("tess", "OAF_angry/OAF_back_angry.wav", "OAF_back_angry", "OAF", "female", "angry")]
    [InlineData("tess", "yaf_Disgust/yaf_Germ_ANGRY.wav", "YAF_germ_angry", "YAF", "female", "angry")]
    [InlineData("tess", "YAF_neat_fear.wav", "YAF_neat_fear", "YAF", "female", "fear")]
    [InlineData("tess", "OAF_food_fear.mp3", "OAF_food_fear", "OAF", "female", "fear")]
    [InlineData("tess", "OA_bite_neutral.wav", "OAF_bite_neutral", "OAF", "female", "neutral")]
    [InlineData("tess", "OAF_neutral/OA_bite_neutral.wav", "OAF_bite_neutral", "OAF", "female", "neutral")]
    [InlineData("savee", "AudioData/DC/a01.wav", "DC_a01", "DC", "male", "a")]
    [InlineData("savee", "DC/sa15.wav", "DC_sa15", "DC", "male", "sa")]
    [InlineData("savee", "ALL/JK_su03.wav", "JK_su03", "JK", "male", "su")]
    [InlineData("savee", "DC_a01.wav", "DC_a01", "DC", "male", "a")]
    [InlineData("savee", "savee/audiodata/je/H15.wav", "JE_h15", "JE", "male", "h")]
    [InlineData("savee", "JK/d09.wav", "JK_d09", "JK", "male", "d")]
    [InlineData("savee", "AudioData/KL/f02.wav", "KL_f02", "KL", "male", "f")]
    [InlineData("savee", "KL_n30.wav", "KL_n30", "KL", "male", "n")]
    [InlineData("emodb", "emodb/wav/03a01Fa.wav", "03a01Fa", "03", "male", "F")]
    [InlineData("emodb", "16b10Wb.flac", "16b10Wb", "16", "female", "W")]
    [InlineData("emodb", "wav/08b03Ld.WAV", "08b03Ld", "08", "female", "L")]
    [InlineData("emodb", "wav/15a07Ac.wav", "15a07Ac", "15", "male", "A")]
    [InlineData("synthetic", "synthetic/F01/F01_anger_03.wav", "F01_anger_03", "F01", "female", "anger")]
    public void A_name_says_who_and_what_in_every_layout(string corpus, string path, string id, string speaker, string sex, string label)
    {
        Assert.Equal(new CorpusEntry(id, speaker, sex, label), CorpusCatalog.Find(corpus)!.Parse(path));
        Assert.All(CorpusCatalog.All.Where(c => c.Name != corpus), c => Assert.Null(c.Parse(path)));
    }

    [Theory]
    [InlineData("03-02-05-01-02-01-07.wav")] // song
    [InlineData("01-01-05-01-02-01-07.mp4")] // video
    [InlineData("03-01-09-01-02-01-07.wav")] // no ninth emotion
    [InlineData("03-01-05-01-02-01-25.wav")] // no such actor
    [InlineData("04a01Fa.wav")] // EMO-DB's speakers are 03 and 08 to 16
    [InlineData("03a01Xa.wav")]
    [InlineData("03a01fa.wav")]
    [InlineData("1000_DFA_ANG_XX.wav")]
    [InlineData("1092_DFA_ANG_XX.wav")]
    [InlineData("OAF_back_bored.wav")]
    [InlineData("a01.wav")] // SAVEE's speaker is in the folder
    [InlineData("XX/a01.wav")]
    [InlineData("DC_sb01.wav")]
    [InlineData("XDC/a01.wav")]
    [InlineData("1001_DFA_ANG.wav")]
    [InlineData("1001_DFA_CAL_XX.wav")]
    [InlineData("03-01-05-01-02-01-07-copy.wav")]
    [InlineData("notes.wav")]
    public void Other_files_belong_to_no_corpus(string path) => Assert.All(CorpusCatalog.All, c => Assert.Null(c.Parse(path)));

    [Fact]
    public void The_actors_of_CREMA_D_are_48_men_and_43_women()
    {
        Assert.Equal(48, CremaSexes().Count(s => s == "male"));
        Assert.Equal(43, CremaSexes().Count(s => s == "female"));
    }

    [Fact]
    public void Each_actor_of_CREMA_D_has_the_sex_that_the_corpus_gives()
    {
        string path = Path.Combine(MiniatureCorpus.Repository, "..", "shared", "cremad", "VideoDemographics.csv");
        Assert.SkipUnless(File.Exists(path), "the list of CREMA-D's actors is not here: ../shared/cremad/VideoDemographics.csv");
        string[][] rows = [.. File.ReadLines(path).Skip(1).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(','))];
        Assert.Equal(Enumerable.Range(1001, 91).Select(actor => $"{actor}"), rows.Select(row => row[0]));
        Assert.Equal(rows.Select(row => row[2].ToLowerInvariant()), CremaSexes());
    }

    private static string[] CremaSexes()
    {
        CremaD corpus = new();
        return [.. Enumerable.Range(1001, 91).Select(actor => corpus.Parse($"{actor}_DFA_ANG_XX.wav")!.Sex)];
    }
}
