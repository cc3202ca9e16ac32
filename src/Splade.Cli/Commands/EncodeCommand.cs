using System.CommandLine;
using Splade.AI;
using Splade.Cli.Lines;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Texts to sparse vectors, line by line.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        Argument<string> folder = Parameters.SparseFolder();
        Option<string> input = Parameters.Input();
        Option<string> output = Parameters.Output();
        Option<bool> query = new("--query") { Description = "Encode the texts as queries [default: as documents]" };
        Option<int?> dimensions = Parameters.Number("--max-active-dims", "K", least: 1, "Keep the K heaviest entries of each vector [default: all]");
        Option<int?> length = Parameters.Number(
            "--max-length", "N", least: 3, "Read at most N tokens of a text, special tokens included [default: as the model]");
        Option<bool> stats = new("--stats")
        {
            Description = "End with a JSON object on standard error: docs, seconds (without loading the model), docs_per_s, tokens, peak_rss_mb (MiB)",
        };
        Option<Precision> precision = Parameters.Precision();
        Option<string?> policy = Parameters.Policy();
        var longTexts = new LongTextParameters(
            "for the element-wise maximum of the windows (max) or for that and the vector of each: passages adds to every line "
            + "\"passages\":[{\"span\":[start,end],\"indices\",\"values\",\"tokens\"},...], where a span counts the UTF-16 code units of the text with its title");
        var format = new FormatParameters();
        var engine = new EngineParameters();
        var command = new Command(
            "encode",
            "Encode texts as sparse vectors: one line {\"indices\",\"values\",\"tokens\",\"truncated\"} for each line, in order, after the \"id\" or \"_id\" "
            + "of an object")
        {
            folder, input, output, query, dimensions, length, stats, precision, policy,
        };
        format.AddTo(command);
        longTexts.AddTo(command);
        engine.AddTo(command);
        return command.Runs((result, cancellationToken) => RunAsync(
            new EncodeSettings(
                result.GetRequiredValue(folder),
                result.GetRequiredValue(input),
                result.GetRequiredValue(output),
                result.GetValue(query),
                result.GetValue(dimensions),
                result.GetValue(length),
                longTexts.Read(result),
                format.Read(result),
                result.GetValue(stats),
                engine.Read(result) with { Precision = result.GetValue(precision), PolicyFile = result.GetValue(policy) }),
            cancellationToken));
    }

    private static async Task<int> RunAsync(EncodeSettings settings, CancellationToken cancellationToken)
    {
        using SparseModel model = await Models.LoadSparseAsync(settings.Folder, settings.Engine, cancellationToken).ConfigureAwait(false);
        SpladeEncodingOptions options = ToOptions(settings, model);
        FormattedLines? formatted = settings.Format is FormatSettings format ? new FormattedLines(format, model.Engine?.Vocabulary, settings.Query) : null;
        using Stream input = StandardStreams.OpenInput(settings.Input);
        using Stream output = StandardStreams.OpenOutput(settings.Output, settings.Input);
        using var lines = new OutputLines(output);
        var stats = new EncodeStatistics();
        using (var counter = new LineCounter(settings.Output != StandardStreams.Standard))
        {
            IAsyncEnumerable<InputLine> inputLines = InputReader.ReadAsync(input, cancellationToken);
            await foreach (IReadOnlyList<InputLine> window in LineWindows.CutAsync(inputLines, cancellationToken).ConfigureAwait(false))
            {
                IReadOnlyList<SpladeEncoding> encodings = await EncodeAsync(model, window, stats.Documents, options, cancellationToken).ConfigureAwait(false);
                if (formatted is not null)
                {
                    lines.AddText(formatted.Write(window, encodings, stats.Documents));
                    await lines.SendAsync(cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await WriteAsync(lines, window, encodings, cancellationToken).ConfigureAwait(false);
                }

                stats.Add(encodings);
                counter.Add(encodings.Count);
            }
        }

        if (settings.Stats)
        {
            Console.Error.WriteLine(stats.ToJson());
        }

        return ExitCodes.Done;
    }

    private static async Task WriteAsync(
        OutputLines lines, IReadOnlyList<InputLine> window, IReadOnlyList<SpladeEncoding> encodings, CancellationToken cancellationToken)
    {
        foreach ((InputLine line, SpladeEncoding encoding) in window.Zip(encodings))
        {
            lines.Add((line.Id, encoding), EncodedLine.Write);
            await lines.SendIfFullAsync(cancellationToken).ConfigureAwait(false);
        }

        await lines.SendAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<SpladeEncoding>> EncodeAsync(
        SparseModel model, IReadOnlyList<InputLine> window, long linesBefore, SpladeEncodingOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await model.EncodeAsync(window.Select(line => line.Text), options, cancellationToken).ConfigureAwait(false);
        }
        catch (TextTooLongException e)
        {
            throw new CommandFailedException(
                $"Line {linesBefore + e.Position + 1} of the input has {e.TokenCount} tokens, and at most {e.MaxTokens} are read. Shorten it, or encode it "
                + "with --long-text max, passages or truncate.",
                e);
        }
    }

    private static SpladeEncodingOptions ToOptions(EncodeSettings settings, SparseModel model)
    {
        if (settings is { Format: not null, LongTexts.Handling: LongTextHandling.SlidingWindowPassages })
        {
            throw new CommandFailedException(
                "--long-text passages gives several vectors for a text, and --format writes one. Give --long-text max, or split the texts.");
        }

        if (settings.MaxLength > model.MaxTokens)
        {
            throw new CommandFailedException(
                $"--max-length is {settings.MaxLength}, but {model.Name} reads {model.MaxTokens} tokens. Give that number or a smaller one.");
        }

        return new SpladeEncodingOptions
        {
            InputType = settings.Query ? EmbeddingInputType.Query : EmbeddingInputType.Document,
            MaxActiveDimensions = settings.MaxActiveDimensions,
            MaxTokens = settings.MaxLength,
            LongTextHandling = settings.LongTexts.Handling,
            WindowOverlap = settings.LongTexts.Overlap,
        };
    }
}
