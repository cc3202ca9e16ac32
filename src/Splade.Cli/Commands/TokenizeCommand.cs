using System.CommandLine;
using System.Text.Json;
using Splade.AI.Tokenization;
using Splade.Cli.Lines;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Texts to the tokens that a model's tokenizer makes of them. The model itself is not needed.</summary>
internal static class TokenizeCommand
{
    public static Command Create()
    {
        Argument<string> folder = Parameters.Folder();
        Option<string> input = Parameters.Input();
        Option<string> output = Parameters.Output();
        return new Command(
            "tokenize",
            "Show the tokens of texts, special tokens included, none cut: one line {\"ids\",\"offsets\",\"tokens\"} for each line, in order, "
            + "after the \"id\" or \"_id\" of an object. "
            + "Offsets [start,end] count UTF-16 code units. No ONNX file is needed in a folder")
        {
            folder, input, output,
        }.Runs((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(folder), result.GetRequiredValue(input), result.GetRequiredValue(output), cancellationToken));
    }

    private static async Task<int> RunAsync(string folder, string inputPath, string outputPath, CancellationToken cancellationToken)
    {
        Tokenizer tokenizer = await Models.LoadTokenizerAsync(folder, cancellationToken).ConfigureAwait(false);
        using Stream input = StandardStreams.OpenInput(inputPath);
        using Stream output = StandardStreams.OpenOutput(outputPath, inputPath);
        using var lines = new OutputLines(output);
        IAsyncEnumerable<InputLine> inputLines = InputReader.ReadAsync(input, cancellationToken);
        await foreach (IReadOnlyList<InputLine> window in LineWindows.CutAsync(inputLines, cancellationToken).ConfigureAwait(false))
        {
            foreach (InputLine line in window)
            {
                lines.Add((line.Id, tokenizer.Encode(line.Text), tokenizer.Vocabulary), WriteMembers);
                await lines.SendIfFullAsync(cancellationToken).ConfigureAwait(false);
            }

            await lines.SendAsync(cancellationToken).ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    private static void WriteMembers(Utf8JsonWriter json, (InputId? Id, TokenizedText Text, Vocabulary Vocabulary) line)
    {
        line.Id?.WriteTo(json);
        json.WriteArray("ids", line.Text.Ids);
        json.WriteStartArray("offsets");
        foreach (TokenOffset offset in line.Text.Offsets)
        {
            json.WriteStartArray();
            json.WriteNumberValue(offset.Start);
            json.WriteNumberValue(offset.End);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("tokens");
        foreach (int id in line.Text.Ids)
        {
            json.WriteStringValue(line.Vocabulary[id]);
        }

        json.WriteEndArray();
    }
}
