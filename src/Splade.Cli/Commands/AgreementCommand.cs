using System.CommandLine;
using System.Text.Json;
using Splade.AI.Evaluation;
using Splade.Cli.Health;
using Splade.Cli.Lines;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Says how far the vectors of a model's fast precision agree with its exact ones.</summary>
internal static class AgreementCommand
{
    public static Command Create()
    {
        Argument<string> folder = Parameters.Folder();
        Option<string?> input = new("--input", "-i")
        {
            Description = "Read texts from this file, - for standard input, in the form of `splade encode` "
                + $"[default: {AgreementTexts.All.Count} built-in texts]",
            HelpName = "FILE",
        };
        Option<bool> json = Parameters.Json(
            "Print one JSON object: texts, mean_cosine, min_cosine, mean_top_overlap, mean_active_dimensions, mean_active_dimensions_drift");
        return new Command("agreement", "Compare the vectors of --precision fast with those of exact, on documents: cosine, heaviest terms, active dimensions")
        {
            folder, input, json,
        }
        .Runs((result, cancellationToken) =>
            RunAsync(result.GetRequiredValue(folder), result.GetValue(input), result.GetValue(json), cancellationToken));
    }

    private static async Task<int> RunAsync(string folderOrName, string? inputFile, bool json, CancellationToken cancellationToken)
    {
        string folder = await Models.FindAsync(folderOrName, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> texts = inputFile is null ? AgreementTexts.All : await ReadAsync(inputFile, cancellationToken).ConfigureAwait(false);
        if (texts.Count == 0)
        {
            throw new CommandFailedException($"{inputFile}: There are no texts in it, expected at least one line.");
        }

        PrecisionAgreement agreement = await PrecisionAgreement.MeasureAsync(folder, texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        string text = json ? JsonSerializer.Serialize(agreement, CommandJsonContext.Default.PrecisionAgreement) : agreement.ToString();
        await StandardOutput.WriteAsync(text + "\n", cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using Stream input = StandardStreams.OpenInput(file);
        return await InputReader.ReadAsync(input, cancellationToken).Select(line => line.Text).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
