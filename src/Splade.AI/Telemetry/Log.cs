using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Splade.AI.Telemetry;

/// <summary>Every message that the library logs. Texts of users never appear here.</summary>
internal static partial class Log
{
    /// <summary>The logger of a type, or one that logs nothing where the caller gave no factory.</summary>
    public static ILogger For<T>(ILoggerFactory? factory) => (factory ?? NullLoggerFactory.Instance).CreateLogger(typeof(T).FullName!);

    /// <summary>Reports settings that are passed over, if there are any.</summary>
    public static void ReportUnknown(ILogger logger, string model, IReadOnlyCollection<string> settings)
    {
        if (settings.Count > 0)
        {
            UnknownSettings(logger, model, string.Join(", ", settings));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Loaded {Model} in {Milliseconds} ms")]
    public static partial void ModelLoaded(ILogger logger, string model, long milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "{Truncated} of {Total} texts were longer than {MaxTokens} tokens; their ends were not read")]
    public static partial void TextsTruncated(ILogger logger, int truncated, int total, int maxTokens);

    [LoggerMessage(3, LogLevel.Information, "{Model} gives a text another vector in other company (dynamic quantisation): texts are run one at a time")]
    public static partial void RunsOneAtATime(ILogger logger, string model);

    [LoggerMessage(4, LogLevel.Information, "{Model} has other ONNX files or weights that are not used: {Others}")]
    public static partial void OtherModelFiles(ILogger logger, string model, string others);

    [LoggerMessage(5, LogLevel.Warning, "The licence of {Model} ({License}) forbids commercial use")]
    public static partial void NonCommercialLicense(ILogger logger, string model, string license);

    [LoggerMessage(6, LogLevel.Warning, "{Model} is not run on {Device}. {Reason}")]
    public static partial void DeviceNotUsed(ILogger logger, string model, string device, string reason);

    [LoggerMessage(7, LogLevel.Warning, "{Device} is taken out: it failed on texts that {Other} has encoded since. {Reason}")]
    public static partial void DeviceTakenOut(ILogger logger, string device, string other, string reason, Exception? exception);

    [LoggerMessage(10, LogLevel.Information, "{Model} runs as it is, one text at a time where its logits come out of the graph, because {Reason}")]
    public static partial void PlainGraph(ILogger logger, string model, string reason);

    [LoggerMessage(11, LogLevel.Debug, "{Model}: the screen is {Used}; it left {Percent:F1} % of the vocabulary of a sample text")]
    public static partial void ScreenTried(ILogger logger, string model, string used, double percent);

    [LoggerMessage(12, LogLevel.Information, "{Model} runs in Fast precision: its vectors differ from those of Exact by what small integers lose")]
    public static partial void RunsFast(ILogger logger, string model);

    [LoggerMessage(13, LogLevel.Warning, "{Model} runs in Exact precision, Fast is not available, because {Reason}")]
    public static partial void NotFast(ILogger logger, string model, string reason);

    [LoggerMessage(
        14,
        LogLevel.Warning,
        "{Model} stays with one session, whose threads are more than concurrent runs need, because a second one cannot be opened: {Reason}")]
    public static partial void OneSession(ILogger logger, string model, string reason);

    [LoggerMessage(15, LogLevel.Information, "{Model} was opened once more, on the processors: spans of explanations come from its hidden states")]
    public static partial void TracesOnProcessors(ILogger logger, string model);

    [LoggerMessage(
        16,
        LogLevel.Warning,
        "{Model} runs at half its speed or less: the processor has AVX2 and FMA, but this program is compiled for processors without. Compiled ahead of "
        + "time, set IlcInstructionSet to x86-64-v3 in its project; otherwise, remove settings such as DOTNET_EnableAVX2=0")]
    public static partial void KernelsLeftOut(ILogger logger, string model);

    [LoggerMessage(17, LogLevel.Information, "{Model} has {Columns} logits for {Tokens} tokens: those that have no token are left out")]
    public static partial void HeadIsWider(ILogger logger, string model, int columns, int tokens);

    [LoggerMessage(18, LogLevel.Warning, "{Model} has settings that are not known here and are passed over: {Settings}")]
    public static partial void UnknownSettings(ILogger logger, string model, string settings);

    [LoggerMessage(19, LogLevel.Warning, "{Truncated} of {Total} texts were longer than {MaxTokens} tokens together with the query; a part was not read")]
    public static partial void PairsTruncated(ILogger logger, int truncated, int total, int maxTokens);

    [LoggerMessage(20, LogLevel.Debug, "{Model}: the cascade is {Used}; of its first texts it makes {Percent:F1} % of the screen's products")]
    public static partial void CascadeTried(ILogger logger, string model, string used, double percent);

    [LoggerMessage(30, LogLevel.Information, "{Model} is under a vocabulary policy of {Rules} rules, {Hash}")]
    public static partial void PolicyInUse(ILogger logger, string model, int rules, string hash);

    [LoggerMessage(31, LogLevel.Warning, "{Count} words of the lists in the policy are of no use with the vocabulary of {Model}, among them {Words}")]
    public static partial void PolicyWordsPassedOver(ILogger logger, string model, int count, string words);

    [LoggerMessage(40, LogLevel.Information, "Downloaded {Model}, revision {Revision}, to {Folder}: {Bytes} bytes in its files")]
    public static partial void HubModelDownloaded(ILogger logger, string model, string revision, string folder, long bytes);

    [LoggerMessage(41, LogLevel.Warning, "{Failure} Retry {Retry} of {MaxRetries} follows after {Delay}")]
    public static partial void HubRequestRetried(ILogger logger, string failure, int retry, int maxRetries, TimeSpan delay);

    [LoggerMessage(42, LogLevel.Warning, "Wrong content for {Model}: {Failure} It was deleted and is fetched once more")]
    public static partial void HubFileCorrupt(ILogger logger, string model, string failure);

    [LoggerMessage(43, LogLevel.Warning, "{Name} is a folder and a model in the cache; the folder {Folder} was taken")]
    public static partial void HubNameIsFolder(ILogger logger, string name, string folder);

    [LoggerMessage(50, LogLevel.Error, "{Function} failed; the model that called it was not told why")]
    public static partial void ToolFailed(ILogger logger, string function, Exception exception);

    [LoggerMessage(
        60,
        LogLevel.Warning,
        "A text is in a script without spaces between words, as Chinese, Japanese and Thai are, which the word cutter '{Cutter}' does not cut: whole clauses "
        + "count as words, or are left out. Set Bm25Options.WordCutter, for Chinese and Japanese to WordCutter.WordsAndCjkBigrams. Said once")]
    public static partial void WordsNotCut(ILogger logger, string cutter);

    [LoggerMessage(
        61,
        LogLevel.Warning,
        "Words of more than {MaxTokenLength} characters were left out. Set Bm25Options.MaxTokenLength to count longer ones, or Bm25Options.WordCutter "
        + "if they are several words. Said once")]
    public static partial void WordsTooLong(ILogger logger, int maxTokenLength);
}
