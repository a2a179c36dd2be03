using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using SpeechEmotion.Training;

namespace SpeechEmotion.Web;

/// <summary>`POST /api/predict`: the emotion of one clip.</summary>
internal static class PredictEndpoint
{
    public static async Task<ClipAnswer> Handle(
        HttpRequest request,
        ModelShelf shelf,
        InferenceThread inference,
        [Description("A model's name from /api/models; without it the first")] string? model = null,
        [Description("Also answer over a window of 3 s that slides along the clip")] bool timeline = false,
        [Description("Also give the waveform and the log-mel levels to draw")] bool picture = false)
    {
        ShelvedModel asked = shelf.Find(model);
        Upload upload = await Upload.Read(request);
        return await inference.Run(
            () =>
            {
                // Decoding waits its turn too: a small file can hold half an hour of sound, and decoding many at a time would fill the
                // memory.
                Waveform wave = Recording.Read(upload.Content, upload.Name);
                return wave.Seconds <= ServeOptions.MostSeconds
                    ? Answer(asked, wave, upload.Name, timeline, picture)
                    : throw new InputException($"{upload.Name} lasts longer than {ServeOptions.MostSeconds / 60:0.#} minutes; cut it");
            },
            request.HttpContext.RequestAborted);
    }

    private static ClipAnswer Answer(ShelvedModel model, Waveform wave, string name, bool timeline, bool picture)
    {
        HeardClip clip = model.Classifier.Hear(wave, name);
        EmotionAnswer answer = EmotionAnswer.Of(model.Card, model.Classifier.Classify([clip.Feature])[0]);
        return new ClipAnswer(
            model.Name,
            answer.Emotion,
            answer.Sure,
            model.Named(answer.Probabilities),
            wave.Seconds,
            clip.Part,
            wave.SampleRate,
            timeline ? Timeline.Of(model.Classifier, wave) : null,
            picture ? PictureMaker.Of(model, wave) : null);
    }
}
