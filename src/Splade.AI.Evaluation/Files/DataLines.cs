using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Splade.AI.Evaluation.Files;

/// <summary>The lines of a text file that are not blank, with their numbers from 1. Read one at a time.</summary>
internal static class DataLines
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <exception cref="InvalidDataException">The file is not UTF-8.</exception>
    public static IEnumerable<(int Number, string Line)> Read(string path)
    {
        using var reader = new StreamReader(path, StrictUtf8);
        for (int number = 1; ReadLine(reader, path, number) is string line; number++)
        {
            if (!Blanks.IsBlank(line))
            {
                yield return (number, line);
            }
        }
    }

    [DoesNotReturn]
    public static void Fail(string path, int number, string problem, Exception? cause = null) =>
        throw new InvalidDataException($"{path}, line {number}: {problem}", cause);

    private static string? ReadLine(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{path}, near line {number}: Found bytes that are no UTF-8. Save the file as UTF-8.", e);
        }
    }
}
