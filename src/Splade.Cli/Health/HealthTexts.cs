namespace Splade.Cli.Health;

/// <summary>Texts that show whether a model is read as it should be.</summary>
internal static class HealthTexts
{
    /// <summary>Longer than the limit of usual models.</summary>
    private const int LongTextRepeats = 60;

    private const string Passage =
        "The tide comes in twice a day because the Moon pulls on the near side of the ocean more than on the far side, "
        + "and the coast turns through both bulges.";

    /// <summary>One for each way in which tokenizers and models are known to differ: blanks, case, accents, scripts, specials, length.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "",
        "hello",
        "Hello, World!",
        "How long do refunds take?",
        Passage,
        "A caf\u00E9 in Z\u00FCrich charges 4.50 CHF (na\u00EFve r\u00E9sum\u00E9s cost extra); see https://example.org/a?b=c#d.",
        "one\nline\tand\u00A0another\u200Bone",
        "\u6771\u4EAC\u306F\u65E5\u672C\u306E\u9996\u90FD\u3067\u3059\u3002",
        "\u041C\u043E\u0441\u043A\u0432\u0430 \u2014 \u0641\u064A \u0627\u0644\u0645\u062F\u064A\u0646\u0629",
        "family \U0001F469\u200D\U0001F469\u200D\U0001F467 and a flag \U0001F1E8\U0001F1ED",
        "special [CLS] tokens [SEP] and <mask> in the text",
        "supercalifragilisticexpialidocious antidisestablishmentarianism x86_64 $+=<>",
        string.Join(' ', Enumerable.Repeat(Passage, LongTextRepeats)),
    ];

    /// <summary>So many passages that a measurement of speed has full batches.</summary>
    public static IReadOnlyList<string> ForSpeed { get; } = [.. Enumerable.Range(1, 32).Select(i => $"Passage {i}. {Passage} {Passage}")];
}
