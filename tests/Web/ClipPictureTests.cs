using System.Text.Json;

namespace SpeechEmotion.Tests.Web;

[Collection("app")]
public class ClipPictureTests(AppFixture app)
{
    [Fact]
    public async Task A_picture_goes_with_time_and_from_low_bands_to_high_ones()
    {
        IEnumerable<float> high = Tone.Sine(5000, 16000, 16000).Select(sample => sample / 2);
        byte[] wav = Voice.Wav([.. Tone.Sine(300, 16000, 16000), .. high], 16000);
        JsonElement picture = (await (await app.Client.Predict(wav, "?picture=true")).Json()).GetProperty("picture");
        byte[] levels = picture.GetProperty("levels").GetBytesFromBase64();
        byte[][] columns = [.. levels.Chunk(picture.GetProperty("bands").GetInt32())];

        // On the mel scale up to 8 kHz, 300 Hz lie at 14 % and 5 kHz at 83 %.
        Assert.InRange(Brightest(columns[columns.Length / 4]), 0, 3);
        Assert.InRange(Brightest(columns[3 * columns.Length / 4]), 12, 15);

        // One of 600 columns holds a period of either tone less at most a sample: 3/160 of the lower one's, whose peak is then 0.993.
        byte[] lowest = picture.GetProperty("low").GetBytesFromBase64(), highest = picture.GetProperty("high").GetBytesFromBase64();
        Assert.InRange(lowest[150], 0, 1);
        Assert.InRange(highest[150], 254, 255);
        Assert.InRange(lowest[450], 63, 64);
        Assert.InRange(highest[450], 191, 192);

        static int Brightest(byte[] column) => Assert.Single(Enumerable.Range(0, column.Length), band => column[band] == column.Max());
    }
}
