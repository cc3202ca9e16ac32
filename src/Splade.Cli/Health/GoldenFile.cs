using System.Text;
using System.Text.Json;
using Splade.AI;
using Splade.AI.Tokenization;

namespace Splade.Cli.Health;

/// <summary>What a model made of some texts when it was known to be good, and the hashes of its files.</summary>
internal sealed record GoldenFile(GoldenHeader Header, IReadOnlyList<GoldenText> Texts)
{
    public const string Name = "golden.jsonl";

    public static string PathIn(string folder) => Path.Combine(folder, Name);

    public static async Task<GoldenFile> MakeAsync(SpladeEngine engine, CancellationToken cancellationToken)
    {
        var texts = new List<GoldenText>();
        foreach (EmbeddingInputType inputType in Enum.GetValues<EmbeddingInputType>())
        {
            var options = new SpladeEncodingOptions { InputType = inputType };
            IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(HealthTexts.All, options, cancellationToken).ConfigureAwait(false);
            texts.AddRange(HealthTexts.All.Zip(encodings, (text, e) =>
                new GoldenText(text, inputType, Tokenize(engine, text), e.Vector.Indices.ToArray(), e.Vector.Values.ToArray())));
        }

        return new GoldenFile(new GoldenHeader(engine.Model.Name, engine.MaxTokens, engine.Model.ComputeFileHashes()), texts);
    }

    public static int[] Tokenize(SpladeEngine engine, string text) =>
        engine.Tokenizer.Encode(text, new TokenizationOptions { MaxTokens = engine.MaxTokens }).Ids.ToArray();

    /// <exception cref="InvalidDataException">A line is not as `splade golden` writes it.</exception>
    public static GoldenFile Read(string path)
    {
        string[] lines = File.ReadAllLines(path, Encoding.UTF8);
        int number = 1;
        try
        {
            GoldenHeader? header = lines.Length == 0 ? null : JsonSerializer.Deserialize(lines[0], HealthJsonContext.Default.GoldenHeader);
            var texts = new List<GoldenText>();
            for (number = 2; number <= lines.Length; number++)
            {
                texts.Add(JsonSerializer.Deserialize(lines[number - 1], HealthJsonContext.Default.GoldenText) ?? throw new JsonException("Found null."));
            }

            return header is not null && texts.Count > 0 ? new GoldenFile(header, texts) : throw new JsonException("Found no texts.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Line {number} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Writes the file in one step: nobody finds half of it.</summary>
    public void Write(string path)
    {
        IEnumerable<string> lines = Texts.Select(t => JsonSerializer.Serialize(t, HealthJsonContext.Default.GoldenText));
        string unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(unfinished, string.Join('\n', lines.Prepend(JsonSerializer.Serialize(Header, HealthJsonContext.Default.GoldenHeader))) + "\n");
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
