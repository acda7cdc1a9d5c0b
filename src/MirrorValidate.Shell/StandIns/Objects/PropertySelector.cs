using System.Collections;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace MirrorValidate.Shell.StandIns.Objects;

/// <summary>
/// One element of a <c>-Property</c> parameter: a name (with wildcards), a script block, or a table of
/// <c>Name</c>/<c>Label</c>, <c>Expression</c> and, for sorting, <c>Descending</c>/<c>Ascending</c>.
/// </summary>
internal sealed class PropertySelector
{
    private readonly PSPropertyExpression _expression;
    private readonly string? _label;

    private PropertySelector(PSPropertyExpression expression, string? label, bool? descending) =>
        (_expression, _label, Descending) = (expression, label, descending);

    /// <summary>The sort direction asked for, if any.</summary>
    public bool? Descending { get; }

    /// <summary>The name of the property when it has one value: for headings.</summary>
    public string Name => _label ?? _expression.ToString();

    /// <summary>Reads one element of the parameter.</summary>
    /// <exception cref="PSArgumentException">The element has no expression.</exception>
    public static PropertySelector Create(object element)
    {
        object value = element is PSObject wrapped ? wrapped.BaseObject : element;
        if (value is not IDictionary table)
            return new PropertySelector(Expression(value), label: null, descending: null);

        object? label = Find(table, "Name") ?? Find(table, "Label");
        object expression = Find(table, "Expression") ?? throw new PSArgumentException("A calculated property needs an Expression.");
        bool? descending = Find(table, "Descending") is object down ? LanguagePrimitives.IsTrue(down)
            : Find(table, "Ascending") is object up ? !LanguagePrimitives.IsTrue(up)
            : null;
        return new PropertySelector(Expression(expression), label?.ToString(), descending);
    }

    /// <summary>The properties of an object that this names, with their values; one without a value when it names none.</summary>
    public IEnumerable<(string Name, object? Value)> Select(PSObject input)
    {
        bool any = false;
        foreach (PSPropertyExpressionResult result in _expression.GetValues(input))
        {
            any = true;
            yield return (_label ?? result.ResolvedExpression?.ToString() ?? Name, result.Exception is null ? result.Result : null);
        }

        if (!any && !_expression.HasWildCardCharacters)
            yield return (Name, null);
    }

    /// <summary>The first value, null when there is none.</summary>
    public object? ValueOf(PSObject input) => Select(input).Select(property => property.Value).FirstOrDefault();

    private static PSPropertyExpression Expression(object value) => value switch
    {
        PSObject wrapped => Expression(wrapped.BaseObject),
        ScriptBlock script => new PSPropertyExpression(script),
        _ => new PSPropertyExpression(LanguagePrimitives.ConvertTo<string>(value)),
    };

    // Pwsh takes any beginning of these names: n, l, e.
    private static object? Find(IDictionary table, string name)
    {
        foreach (DictionaryEntry entry in table)
        {
            string key = entry.Key.ToString() ?? "";
            if (key.Length > 0 && name.StartsWith(key, StringComparison.OrdinalIgnoreCase))
                return entry.Value;
        }

        return null;
    }
}
