using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Ingest;
using Splade.Cli.Lines;
using Splade.Cli.Terminal;

namespace Splade.Cli.Stores;

/// <summary>Documents of a folder of text files, or of a file with one on each line.</summary>
internal static class SourceReader
{
    /// <summary>What is read of a folder.</summary>
    public const string Extensions = ".md, .markdown, .txt";

    private const long LargestFile = 16 * 1024 * 1024;

    private static readonly string[] Kinds = Extensions.Split(", ");

    private static readonly JsonTypeInfo<IReadOnlyDictionary<string, MetadataValue>> Metadata =
        (JsonTypeInfo<IReadOnlyDictionary<string, MetadataValue>>)SpladeJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IReadOnlyDictionary<string, MetadataValue>));

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsFolder(string source) => Directory.Exists(source);

    /// <summary>How many files of a folder there are; null of a file, whose lines nobody has counted.</summary>
    public static long? Count(string source) => IsFolder(source) ? Files(source).LongCount() : null;

    /// <summary>The documents.</summary>
    /// <param name="source">The folder or file.</param>
    /// <param name="mustBeWhole">Whether it counts what is not there: then a file that was passed over is an error at the end.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="CommandFailedException">There is no such file or folder.</exception>
    public static IAsyncEnumerable<IngestDocument> ReadAsync(string source, bool mustBeWhole, CancellationToken cancellationToken) =>
        IsFolder(source) ? ReadFilesAsync(source, mustBeWhole, cancellationToken) : ReadLinesAsync(source, cancellationToken);

    // A folder that cannot be looked into is an error, not an empty one.
    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint })
        .Where(file => Kinds.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal);

    private static async IAsyncEnumerable<IngestDocument> ReadFilesAsync(
        string folder, bool mustBeWhole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int passedOver = 0;
        foreach (string file in Files(folder))
        {
            string name = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (await ReadFileAsync(file, name, cancellationToken).ConfigureAwait(false) is string text)
            {
                yield return new IngestDocument(name, text);
            }
            else
            {
                passedOver++;
            }
        }

        if (mustBeWhole && passedOver > 0)
        {
            throw new CommandFailedException(
                $"{passedOver} of the files could not be read, so the run ended there, and nothing was taken out of the store. Mend them, or leave out --remove-missing.");
        }
    }

    /// <summary>The text of a file; null, and a word on standard error, if it cannot be read as one.</summary>
    private static async Task<string?> ReadFileAsync(string file, string name, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(file).Length is long length and > LargestFile)
            {
                StandardError.WriteLine($"{name}: passed over, since it has {length} bytes. Up to {LargestFile} are read; split it.");
                return null;
            }

            return StrictUtf8.GetString(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)).TrimStart('\uFEFF');
        }
        catch (Exception e) when (e is DecoderFallbackException or IOException or UnauthorizedAccessException)
        {
            StandardError.WriteLine($"{name}: passed over, since it cannot be read as UTF-8. {e.Message}");
            return null;
        }
    }

    private static async IAsyncEnumerable<IngestDocument> ReadLinesAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using Stream input = StandardStreams.OpenInput(file);
        long number = 0;
        await foreach (InputLine line in InputReader.ReadAsync(input, cancellationToken).ConfigureAwait(false))
        {
            number++;
            yield return DocumentOf(line, number);
        }
    }

    private static IngestDocument DocumentOf(InputLine line, long number)
    {
        string id = IdOf(line, number);
        try
        {
            return new IngestDocument(id, line.Text, line.Metadata is null ? null : JsonSerializer.Deserialize(line.Metadata, Metadata));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new CommandFailedException(
                $"Line {number} of the input: \"metadata\" is wrong: {(e is JsonException ? e.Message : ErrorText.Of(e))} Expected an object with texts, numbers, "
                + "booleans, dates as {\"date\":\"2024-05-01T00:00:00Z\"}, or lists of them.",
                e);
        }
    }

    private static string IdOf(InputLine line, long number)
    {
        string id = InputId.ToText(line.Id, number);
        return id.Length > 0 ? id : throw new CommandFailedException($"Line {number} of the input: \"{line.Id!.Member}\" is empty, expected the document's id.");
    }
}
