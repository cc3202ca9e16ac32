using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tools;

/// <summary>Brings the arguments that a model wrote to the names and types of a method's parameters.</summary>
/// <remarks>
/// Models are sloppy: numbers come as strings, lists as one text, names in another case, and optional arguments as null. All of that has one
/// meaning. What has none becomes a <see cref="ToolProblemException"/>, which tells the model more than the failure of a binder would.
/// </remarks>
internal static class ToolArguments
{
    /// <summary>The arguments of the parameters, each of its type, and no others. Null and missing ones are left out, or null where they are required.</summary>
    /// <param name="given">What the model wrote.</param>
    /// <param name="schema">The schema of the method, with the names of its parameters.</param>
    /// <exception cref="ToolProblemException">An argument has another type.</exception>
    public static AIFunctionArguments Read(AIFunctionArguments given, JsonElement schema)
    {
        var read = new AIFunctionArguments { Services = given.Services, Context = given.Context };
        foreach (JsonProperty parameter in schema.GetProperty("properties").EnumerateObject())
        {
            string name = ToolSchema.NameOf(parameter.Name);
            if (Read(name, TypeOf(parameter.Value), Find(given, name)) is object value)
            {
                read[parameter.Name] = value;
            }
        }

        foreach (JsonElement required in schema.GetProperty("required").EnumerateArray())
        {
            read.TryAdd(required.GetString()!, null);
        }

        return read;
    }

    private static object? Read(string name, string type, object? value) => type switch
    {
        "integer" => ToolArgument.Integer(name, value),
        "array" => ToolArgument.Texts(name, value),
        _ => ToolArgument.Text(name, value),
    };

    // The type, or the first one where null is allowed too.
    private static string TypeOf(JsonElement parameter)
    {
        JsonElement type = parameter.GetProperty("type");
        return (type.ValueKind == JsonValueKind.Array ? type[0] : type).GetString()!;
    }

    /// <summary>The argument of a name, in whatever case and with whatever marks between its words; null if there is none.</summary>
    public static object? Find(AIFunctionArguments given, string name) =>
        given.TryGetValue(name, out object? value) ? value : given.FirstOrDefault(a => Plain(a.Key) == Plain(name)).Value;

    // inputType, input-type and Input_Type are input_type.
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
